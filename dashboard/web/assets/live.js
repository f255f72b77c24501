/* What the page does by itself: say that newer numbers are there, say that the server is gone, leave when the session ends. */
(function () {
    "use strict";
    var EVERY = 2000;
    // Where a chart finds plotly.js; fetched ahead once the first screen stands.
    var CHARTS = "/assets/plotly-basic-4.1.1.min.js";
    // Dash writes the address of its own, three times larger one here when its page begins.
    Object.defineProperty(window, "_dashPlotlyJSURL", { get: function () { return CHARTS; }, set: function () { return undefined; } });
    window.addEventListener("load", function () {
        window.setTimeout(function () {
            document.head.appendChild(Object.assign(document.createElement("link"), { rel: "prefetch", href: CHARTS }));
        }, 3000);
    });
    var began = new Date();
    var told = 0;
    var lost = null;

    function notices() { return document.getElementById("notices"); }

    function show(kind, words, action, then) {
        var bar = notices();
        if (!bar) { return; }
        bar.className = "shown " + kind;
        bar.textContent = words;
        if (action) {
            var button = document.createElement("button");
            button.className = "btn btn-outline-primary";
            button.textContent = action;
            button.addEventListener("click", then || function () { window.location.reload(); });
            bar.appendChild(button);
        }
    }

    // Whether what was answered last was kept: said when the server is gone.
    function said() {
        var kept = window.sessionStorage.getItem("answer");
        return kept ? "; your last answer " + kept + " saved" : "";
    }
    function gone() {
        lost = lost || new Date();
        show("lost", "Not connected since " + clock(lost) + " - numbers are frozen" + said(), "Retry");
    }

    function clock(moment) { return moment.toTimeString().slice(0, 5); }

    function signIn() {
        window.location.assign("/login?next=" + encodeURIComponent(window.location.pathname + window.location.search));
    }

    function look() {
        if (!notices() || document.hidden) { return; }
        ask("/version", { headers: { Accept: "application/json" } }).then(function (answer) {
            if (answer.status === 401) { signIn(); return null; }
            if (answer.status >= 500) { throw new Error("not answered"); }
            return answer.json();
        }).then(function (found) {
            if (!found) { return; }
            if (lost) { lost = null; told = 0; notices().className = ""; }
            // Each published version has the next number: the difference is how many came since this page was drawn.
            var updates = parseInt(found.version, 10) - parseInt(notices().dataset.version, 10);
            // Who looks at the past is told of nothing newer.
            if (updates && updates !== told && window.location.search.indexOf("as_of=") === -1) {
                told = updates;
                // A version may be taken back: then there are older numbers to show, and no count of them.
                show("new", (updates > 0 ? updates + (updates === 1 ? " update" : " updates") : "Other numbers") + " since " + clock(began), "Show");
            }
        }).catch(function () {
            if (!lost) { gone(); }
        });
    }

    // Dash says nothing when a session has ended: see it here and go to the sign-in form.
    var ask = window.fetch.bind(window);
    window.fetch = function (address, options) {
        var page = options && typeof options.body === "string" && options.body.indexOf("_pages_content") !== -1 ? counting() : null;
        var asked = page ? Promise.race([ask(address, Object.assign({}, options, { signal: page.signal })), page.left]) : ask(address, options);
        return asked.then(function (answer) {
            if (answer.status === 401 && String(address).indexOf("/_dash") !== -1) { signIn(); }
            return answer;
        }).finally(function () { if (page) { page.done(); } });
    };

    // A page that takes long says so after two seconds and what it waits for after ten; Cancel goes back to the one before.
    function counting() {
        var controller = new AbortController(), leave;
        function tell(words) {
            return function () {
                document.body.classList.add("counting");
                show("counting", words + ((notices() || { dataset: {} }).dataset.claims || "claims"), "Cancel", function () {
                    leave(new Response(null, { status: 204 }));  // by which Dash leaves everything as it is
                    controller.abort();
                    window.history.back();
                });
            };
        }
        var timers = [window.setTimeout(tell("still counting "), 2000), window.setTimeout(tell("waiting for the database: it still counts "), 10000)];
        return {
            signal: controller.signal,
            left: new Promise(function (resolve) { leave = resolve; }),
            done: function () {
                timers.forEach(window.clearTimeout);
                document.body.classList.remove("counting");
                if (notices() && notices().classList.contains("counting")) { notices().className = ""; }
            },
        };
    }

    // What a form of a page did is said on the next: that opens where the form was, with the focus there, as long as it says so.
    function place(form) {
        var field = form.querySelector("input[id]");
        return form.closest(".gap, .prompts > li, tr, section") || (field && field.closest(".page > *")) || form;
    }
    document.addEventListener("submit", function (event) {
        var form = event.target, field = form.querySelector("input[id]");
        if (form.method !== "post" || !form.closest("#page")) { return; }
        window.sessionStorage.setItem("sent", JSON.stringify({ field: field && field.id, top: place(form).getBoundingClientRect().top }));
    }, true);
    function stay(sent, told) {
        var field = !told.matches(".here") && document.getElementById(sent.field), fold = field && field.closest("details");
        var target = field ? place(field.form) : told;
        // At once: the page is where it was, and does not roll there.
        window.scrollBy({ top: target.getBoundingClientRect().top - sent.top, behavior: "instant" });
        (fold ? fold.querySelector("summary") : told).focus({ preventScroll: true });
    }
    (function () {
        var sent = JSON.parse(window.sessionStorage.getItem("sent"));
        window.sessionStorage.removeItem("sent");
        if (!sent) { return; }
        var seen = new MutationObserver(function () {
            var told = document.querySelector("#page .told");
            if (told) { seen.disconnect(); stay(sent, told); }
        });
        seen.observe(document.documentElement, { childList: true, subtree: true });
        window.setTimeout(function () { seen.disconnect(); }, 10000);
    }());

    // An answer is sent without leaving the page, so that what was typed stays when the server is gone.
    document.addEventListener("submit", function (event) {
        var form = event.target;
        if (!form.closest(".answer")) { return; }
        event.preventDefault();
        ask(form.action, { method: "POST", body: new FormData(form, event.submitter) }).then(function (answer) {
            window.sessionStorage.setItem("answer", answer.ok ? "WAS" : "WAS NOT");
            if (!answer.ok) {
                return answer.text().then(function (text) { document.open(); document.write(text); document.close(); });
            }
            if (answer.url === window.location.href) { window.location.reload(); } else { window.location.assign(answer.url); }
            return null;
        }).catch(function () {
            window.sessionStorage.setItem("answer", "WAS NOT");
            gone();
        });
    });

    // What was found goes away with Escape and comes back with the next letter.
    function closeSearch(from) {
        var finder = from.closest(".finder");
        if (!finder) { return; }
        finder.dataset.closed = "";
        finder.querySelector("input").focus();
    }
    document.addEventListener("input", function (event) {
        var finder = event.target.closest(".finder");
        if (finder) { delete finder.dataset.closed; }
    });

    // "/" goes to the search, as in many tools; Escape closes an open menu.
    document.addEventListener("keydown", function (event) {
        var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
        var search = document.getElementById("frame-search");
        if (event.key === "/" && !typing && search) { event.preventDefault(); search.focus(); }
        if (event.key === "Escape") {
            closeSearch(event.target);
            document.querySelectorAll(".drop[open]").forEach(function (menu) { menu.open = false; menu.querySelector("summary").focus(); });
        }
    });

    // A picker writes what it shows into the address; Dash's own router then draws the page of that address.
    document.addEventListener("change", function (event) {
        if (!event.target.matches("select.pick")) { return; }
        var address = new URL(window.location.href);
        var name = event.target.className.match(/pick-(\w+)/)[1];
        if (event.target.value !== "all") { address.searchParams.set(name, event.target.value); } else { address.searchParams.delete(name); }
        address.searchParams.delete("page");
        window.history.pushState({}, "", address.pathname + address.search);
        window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    });

    // Boxes of a list: how many are chosen, all of the page at once, and who goes along when a form about them is sent.
    function chosen() { return Array.prototype.slice.call(document.querySelectorAll(".choose input:checked")); }
    function countChosen() {
        var all = document.querySelectorAll(".choose input").length, number = chosen().length;
        var told = document.getElementById("panel-chosen"), box = document.querySelector(".choose-all input");
        if (!told || !box) { return; }
        told.textContent = number ? number + " chosen" : "Nobody chosen";
        box.checked = number > 0 && number === all;
        box.indeterminate = number > 0 && number < all;
    }
    document.addEventListener("change", function (event) {
        if (event.target.matches(".choose-all input")) {
            document.querySelectorAll(".choose input").forEach(function (box) { box.checked = event.target.checked; });
        }
        if (event.target.matches(".choose input, .choose-all input")) { countChosen(); }
        if (event.target.matches(".prepared-box input")) { prepare(event.target); }
    });
    document.addEventListener("submit", function (event) {
        var form = event.target;
        if (!form.closest(".chosen-bar")) { return; }
        if (!chosen().length) {
            event.preventDefault();
            document.getElementById("panel-chosen").textContent = "Choose patients first";
            return;
        }
        form.querySelectorAll("input.sent").forEach(function (line) { line.remove(); });
        chosen().forEach(function (box) {
            form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", className: "sent", name: "who", value: box.value }));
        });
    });

    // A box of what is prepared is kept as it is ticked; where that fails, words say so.
    function prepare(box) {
        var form = document.getElementById("today-prepared-form-day").form, sent = new URLSearchParams(new FormData(form));
        var told = box.closest("li").querySelector(".prepared-told");
        var named = box.id.match(/^today-prepared-([a-z2-7]+)-(.+)$/);
        sent.set("token", named[1]); sent.set("measure_id", named[2]); sent.set("done", box.checked ? "1" : "0");
        ask(form.action, { method: "POST", body: sent }).then(function (answer) {
            if (answer.status === 401) { signIn(); return; }
            if (answer.status !== 204) { throw new Error("not kept"); }
            told.textContent = box.checked ? "prepped, saved" : "not prepped, saved";
        }).catch(function () {
            told.textContent = "was NOT saved - try again";
        });
    }

    // A menu closes when the click goes elsewhere.
    document.addEventListener("click", function (event) {
        document.querySelectorAll(".drop[open]").forEach(function (menu) { if (!menu.contains(event.target)) { menu.open = false; } });
    });

    window.setInterval(look, EVERY);
}());
