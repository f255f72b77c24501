"""The rules that keep the flow readable, as tests over the files themselves."""

import ast
import csv
import re
import subprocess
import sys
from functools import cache

import pytest

from dashboard import database
from dashboard.build import sql
from dashboard.settings import DATA, MEASURES, PAGES, QUERIES, ROOT

PYTHON = sorted(path for folder in ("dashboard", "pages", "benchmarks", "tests") for path in (ROOT / folder).rglob("*.py"))
SQL = sorted([*QUERIES.rglob("*.sql"), *MEASURES.rglob("*.sql")])
SELECTS = [item for layer in ("extract", "valid", "coded", "result", "history", "mart", "page", "check", "export",
                              "predict") for item in sql.relations(layer)]
# Layer -> what its queries may read. `reference` holds what no person has: codes, rules, units.
# extract's own queries judge rows by other rows of the views that stand before them; history counts up the units that it made.
MAY_READ = {
    "extract": {"extract", "reference"},
    "valid": {"extract", "reference"},
    "coded": {"valid", "reference"},
    "result": {"coded", "evidence", "reference"},
    "history": {"history", "result", "evidence", "coded", "reference"},
    "mart": {"history", "result", "evidence", "coded", "reference"},
    "page": {"mart"},
    "export": {"mart"},
    "predict": {"coded", "reference"},
    "check": {"extract", "valid", "coded", "evidence", "result", "mart", "reference"},
}
# What the data screens show: rows refused, codes unmapped, files received; scores that `huddleboard predict` made. They pass through mart as they are.
PREDICTED = {"extract.prediction", "extract.prediction_model"}
ALSO = {"history": PREDICTED, "mart": PREDICTED | {"valid.reject", "valid.warning", "valid.code", "valid.medical_claim", "extract.file", "extract.replaced_file"}}
LONGEST_FILE, LONGEST_FUNCTION = 300, 30


def name_of(path):
    return str(path.relative_to(ROOT))


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=name_of)


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path):
    """Modules that a Python file imports, wherever it does."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def imports_of(path, *packages):
    return {module for module in imports(path) if module.partition(".")[0] in packages}


def under(*folders):
    return [path for path in PYTHON if any(path.is_relative_to(ROOT / folder) for folder in folders)]


@each(sorted(path for folder in (PAGES, ROOT / "dashboard" / "components") for path in folder.rglob("*.py") if path.name != "elements.py"))
def test_elements_are_made_in_one_way(path):
    """dashboard/components/elements.py makes what Dash's own classes make, at a tenth of the processor time of a list."""
    taken = {name for name in imports(path) if name.startswith(("dash.html", "dash.dcc", "dash_bootstrap_components"))}
    assert not taken, "take html, dcc and dbc from dashboard.components.elements"


# Who may do what in Python.

@each([path for path in PYTHON if path != ROOT / "dashboard" / "database.py"])
def test_one_place_connects_to_duckdb(path):
    assert not imports_of(path, "duckdb"), "ask dashboard.database"


@each(under("dashboard", "pages", "benchmarks"))
def test_one_place_executes_sql_files(path):
    text = path.read_text(encoding="utf-8")
    if path in (ROOT / "dashboard" / "build" / "sql.py", ROOT / "dashboard" / "contract.py"):
        return  # the one place, and the reader of the contract, which executes nothing
    assert not re.search(r"\.sql[\"'](?:\)|\s)*\)?\.(?:read_text|open)\b|open\([^)\n]*\.sql[\"']", text), "use dashboard.build.sql"


@each(under("pages"))
def test_pages_ask_and_draw_only(path):
    assert not imports_of(path, "duckdb", "sqlite3", "sqlalchemy", "pathlib", "io", "os"), "a page asks, then draws"
    calls = {node.func.id for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert "open" not in calls
    texts = (node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    assert not [text for text in texts if re.search(r"\bSELECT\s.*\bFROM\b|\bFROM mart\.", text, re.DOTALL)]


@each([path for path in under("pages") if path.name != "__init__.py"])
def test_pages_do_not_import_each_other(path):
    assert not imports_of(path, "pages")


@each(under("dashboard/components", "dashboard/charts"))
def test_components_never_query(path):
    assert not [module for module in imports(path) if re.match(r"dashboard\.(queries|database|state|build|intake)", module)]


@each([path for path in under("dashboard", "benchmarks") if path != ROOT / "dashboard" / "web" / "app.py"])
def test_only_the_app_factory_imports_pages(path):
    assert not imports_of(path, "pages")


@each(under("dashboard", "pages", "benchmarks"))
def test_tests_are_imported_by_nothing(path):
    assert not imports_of(path, "tests", "drawn", "conftest")


@each(under("dashboard", "pages"))
def test_no_unseeded_randomness(path):
    assert not [module for module in imports(path) if re.match(r"random\b|numpy\.random", module)], "hash a seed and an id"


@each(under("dashboard", "pages"))
def test_serving_never_sets_variables(path):
    assert not re.search(r"SET\s+VARIABLE", path.read_text(encoding="utf-8")), "DuckDB fills a missing $name from a variable"


def test_evaluate_starts_without_web_or_pandas():
    modules = [name for name in ("dashboard.cli.main", "dashboard.cli.evaluate", "dashboard.evaluate")
               if (ROOT / f"{name.replace('.', '/')}.py").exists()]
    code = f"import sys, {', '.join(modules)}; print({{'dash', 'flask', 'pandas', 'sqlalchemy'}} & set(sys.modules) or '')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip() == ""


# What a query may read and say.

@cache
def connection():
    return database.connect(threads=1)


@pytest.mark.parametrize("item", SELECTS, ids=lambda item: item.full_name)
def test_a_query_reads_earlier_layers_only(item):
    read = sql.reads(connection(), item.text) - ALSO.get(item.layer, set())
    assert not {name for name in read if name.partition(".")[0] not in MAY_READ[item.layer]}


@pytest.mark.parametrize("layer", ["extract", "history"])
def test_what_waits_for_others_of_its_layer_begins_after_them(layer):
    """With one thread it would wait for ever."""
    begun = set()
    for item in sorted(sql.relations(layer), key=lambda item: not item.long):
        made = {other.full_name for other in sql.relations(layer)} & sql.reads(connection(), item.text)
        assert made <= begun, item.full_name
        begun.add(item.full_name)


@each(sorted(path for layer in MAY_READ for path in (QUERIES / layer).rglob("*.sql")))
def test_a_file_is_one_select_and_says_its_grain(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- "), "the first line says the grain"
    assert len(connection().extract_statements(text)) == 1


@each(SQL)
def test_today_is_an_input(path):
    found = re.search(r"\b(current_date|today\(|now\(|current_timestamp|get_current_timestamp|localtimestamp)", _code(path), re.IGNORECASE)
    assert not found, "use $as_of"


@each(SQL)
def test_no_randomness_in_queries(path):
    assert not re.search(r"\b(random|uuid|gen_random_uuid|uuidv7)\(|\bUSING SAMPLE\b|\bsetseed\(", _code(path), re.IGNORECASE)


def _code(path):
    """A query without its comments."""
    return re.sub(r"--.*", "", path.read_text(encoding="utf-8"))


# Codes stand in value sets and reference data, nowhere else.

SHAPES = re.compile(r"[\"']([A-Z0-9][A-Z0-9.\-]{2,})[\"']")
SHORT_SYSTEMS = {"UBREV", "POS", "MSDRG", "ActCode", "CVX", "UBTOB", "MODIFIER"}  # two to four digits look like any number


@cache
def known_codes():
    """Codes of the value sets, with and without dots, of the systems whose codes cannot be mistaken for something else."""
    codes = set()
    for path in sorted(set((MEASURES / "value_sets").glob("*.csv")) - {MEASURES / "value_sets" / "index.csv"}):
        with path.open(newline="", encoding="utf-8") as file:
            codes |= {row["code"].rstrip("*") for row in csv.DictReader(file) if row["code_system"] not in SHORT_SYSTEMS}
    return {code for code in codes if len(code) > 4 and any(letter.isdigit() for letter in code)}


@each([*SQL, *sorted((MEASURES / "cards").glob("*.yaml")), *under("dashboard", "pages")])
def test_no_code_outside_value_sets_and_reference(path):
    found = set(SHAPES.findall(path.read_text(encoding="utf-8")))
    assert not {text for text in found if {text, text.replace(".", "")} & known_codes()}, "name a concept of measures/value_sets"


# Small enough to read.

@each(PYTHON)
def test_a_file_fits_the_reader(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@each(under("dashboard", "pages", "benchmarks"))
def test_a_function_fits_the_screen(path):
    functions = (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions if node.end_lineno - node.lineno >= LONGEST_FUNCTION}
    assert not long


@each(under("dashboard", "pages"))
def test_a_module_says_what_it_is(path):
    assert ast.get_docstring(tree(path)), "a module docstring"


@each(sorted(path for folder in ("dashboard", "queries") for path in (ROOT / folder).glob("[a-z]*") if path.is_dir()))
def test_each_part_has_a_readme(path):
    assert (path / "README.md").exists()


def test_the_top_level_is_fixed():
    folders = {path.name for path in ROOT.glob("[!.]*") if path.is_dir() and path.suffix != ".egg-info"}
    assert folders - {"build"} <= {"dashboard", "pages", "queries", "measures", "data", "tests", "benchmarks"}
    assert (DATA / "contract.sql").exists() and PAGES.exists()
