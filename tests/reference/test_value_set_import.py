"""Value sets of their owners: files read, concepts written, differences told."""

import csv
import json

import pytest

from dashboard import database
from dashboard.cli.main import main
from dashboard.reference.load import load_reference
from dashboard.reference.value_set_files import ValueSetFaults, read_sets
from dashboard.reference.value_set_import import diff_value_sets, import_value_sets

MAMMOGRAPHY = "2.16.840.1.113883.3.464.1003.108.12.1018"
HEAD = "oid,value_set_name,code_system,code,release\n"


def table(tmp_path, *rows, head=HEAD, name="sets.csv"):
    path = tmp_path / name
    path.write_text(head + "".join(f"{row}\n" for row in rows))
    return path


def expansion(oid, codes, **more):
    contains = [{"system": system, "code": code, "display": "left out"} for system, code in codes]
    return {"resourceType": "ValueSet", "url": f"http://cts.nlm.nih.gov/fhir/ValueSet/{oid}", "title": "Mammography", "version": "20250101",
            "expansion": {"total": len(codes), "contains": contains} | more}


def written(home, concept):
    with (home / "reference" / "value_sets" / f"{concept}.csv").open() as file:
        return {(row["code_system"], row["code"], row["origin"]) for row in csv.DictReader(file)}


def test_a_table_takes_the_place_of_the_official_codes_and_keeps_ours(tmp_path):
    [one] = import_value_sets(table(tmp_path, f"{MAMMOGRAPHY},Mammography,LOINC,24604-1,all"), tmp_path / "home")
    assert (one.concept, one.oids) == ("mammography", (MAMMOGRAPHY,))
    codes = written(tmp_path / "home", "mammography")
    assert [code for code in codes if code[2] == "imported"] == [("LOINC", "24604-1", "imported")]
    assert ("HCPCS", "77067", "claims") in codes and one.codes == len(codes) and one.removed > 0
    assert load_reference(database.connect(), home=tmp_path / "home").concepts > 500


def test_what_was_imported_is_recorded(tmp_path):
    path = table(tmp_path, f"{MAMMOGRAPHY},Mammography,LOINC,24604-1,2025")
    import_value_sets(path, tmp_path / "home", source="VSAC, eCQM update of May 2025")
    import_value_sets(path, tmp_path / "home", version="mine")
    first, second = json.loads((tmp_path / "home" / "reference" / "value_sets.json").read_text())
    assert first["source"] == "VSAC, eCQM update of May 2025" and second["source"] == "sets.csv"
    assert (first["concepts"][0]["version"], second["concepts"][0]["version"]) == ("2025", "mine")
    assert first["imported_at"][:2] == "20" and len(first["sha256"]) == 64


def test_of_several_releases_one_is_taken(tmp_path):
    path = table(tmp_path, *(f"{MAMMOGRAPHY},Mammography,LOINC,{code},{release}" for code, release in (("1-1", "all"), ("2-2", "2024"), ("3-3", "2025"))))
    assert set(read_sets(path)[MAMMOGRAPHY].codes) == {("LOINC", "1-1"), ("LOINC", "3-3")}
    assert set(read_sets(path, release="2024")[MAMMOGRAPHY].codes) == {("LOINC", "1-1"), ("LOINC", "2-2")}
    with pytest.raises(ValueSetFaults, match=r"no release '2023'. It holds 2024, 2025"):
        read_sets(path, release="2023")


def test_an_expansion_of_vsac(tmp_path):
    path = tmp_path / "bundle.json"
    codes = [("http://loinc.org", "24604-1"), ("http://snomed.info/sct", "71651007")]
    path.write_text(json.dumps({"resourceType": "Bundle", "entry": [{"resource": expansion(MAMMOGRAPHY, codes)}]}))
    [one] = import_value_sets(path, tmp_path / "home")
    assert one.version == "20250101"
    assert {("LOINC", "24604-1", "imported"), ("SNOMEDCT", "71651007", "imported")} <= written(tmp_path / "home", "mammography")


def test_codes_within_codes_and_headings_of_an_expansion(tmp_path):
    path = tmp_path / "one.json"
    nested = [{"abstract": True, "system": "http://loinc.org", "code": "LP1", "contains": [{"system": "http://loinc.org", "code": "24604-1"}]}]
    path.write_text(json.dumps(expansion(MAMMOGRAPHY, [], contains=nested, total=1)))
    assert set(read_sets(path)[MAMMOGRAPHY].codes) == {("LOINC", "24604-1")}


@pytest.mark.parametrize("resource, said", [
    (expansion(MAMMOGRAPHY, [("http://loinc.org", "24604-1")], total=900), "entry 1: 1 of 900 codes of the expansion. Ask for all its pages"),
    ({"resourceType": "ValueSet", "url": "x"}, "a ValueSet without an expansion. Ask for it with $expand"),
])
def test_an_expansion_that_is_not_whole_is_refused(tmp_path, resource, said):
    path = tmp_path / "one.json"
    path.write_text(json.dumps(resource))
    with pytest.raises(ValueSetFaults) as fault:
        import_value_sets(path, tmp_path / "home")
    assert said in str(fault.value) and not (tmp_path / "home").exists()


def test_faults_are_told_all_at_once_with_file_row_and_cure(tmp_path):
    path = table(tmp_path, f"{MAMMOGRAPHY},Mammography,Loink,24604-1,all", f"{MAMMOGRAPHY},Mammography,LOINC,2*4,all")
    with pytest.raises(ValueSetFaults) as fault:
        import_value_sets(path, tmp_path / "home")
    first, second = str(fault.value).splitlines()
    assert f"{path}, row 2: no code system 'Loink'. Known: " in first and "SNOMEDCT" in first
    assert f"{path}, row 3: LOINC '2*4' is no code" in second and "Correct it, or leave the row out." in second
    with pytest.raises(ValueSetFaults, match=r"row 2: no code. Fill it in"):
        read_sets(table(tmp_path, f"{MAMMOGRAPHY},Mammography,LOINC,,all"))
    with pytest.raises(ValueSetFaults, match=r"row 1: no column for system, code. Wanted: oid: oid or value set oid; system: "):
        read_sets(table(tmp_path, head="oid,name\n"))
    with pytest.raises(ValueSetFaults, match=r"none of its 1 value sets is one that a concept holds"):
        import_value_sets(table(tmp_path, "1.2.3,Other,LOINC,24604-1,all"), tmp_path / "home")


def workbook(tmp_path, headings):
    openpyxl = pytest.importorskip("openpyxl", reason="pinned in requirements.txt: run make install")
    book = openpyxl.Workbook()
    book.active.append(["Contents"])
    sheet = book.create_sheet("Value sets to codes")
    sheet.append(["Value set directory"])
    sheet.append(headings)
    sheet.append(["Mammography", MAMMOGRAPHY, "2025-05-08", 77067, "left out", "CPT"])
    book.save(tmp_path / "directory.xlsx")
    return tmp_path / "directory.xlsx"


def test_a_value_set_directory(tmp_path):
    path = workbook(tmp_path, ["Value Set Name", "Value Set OID", "Value Set Version", "Code", "Definition", "Code System"])
    [one] = import_value_sets(path, tmp_path / "home")
    assert one.version == "2025-05-08" and ("HCPCS", "77067", "imported") in written(tmp_path / "home", "mammography")


def test_the_columns_of_a_workbook_can_be_named(tmp_path):
    path = workbook(tmp_path, ["Set", "Key", "As of", "Value", "Text", "Vocabulary"])
    with pytest.raises(ValueSetFaults, match=r"no sheet has a row of headings for oid, system, code"):
        read_sets(path)
    assert set(read_sets(path, {"oid": "Key", "system": "Vocabulary", "code": "Value"})[MAMMOGRAPHY].codes) == {("CPT", "77067")}


def test_what_differs(tmp_path):
    old = table(tmp_path, "1.2.3,Same,LOINC,1-1,all", "1.2.4,Changed,LOINC,2-2,all", "1.2.5,Gone,LOINC,3-3,all", name="old.csv")
    new = table(tmp_path, "1.2.3,Same,loinc,1-1,all", "1.2.4,Changed,LOINC,4-4,all", "1.2.6,New,ICD-10-CM,E11.9,all", name="new.csv")
    assert [(one.name, one.added, one.removed, one.only_in) for one in diff_value_sets(old, new)] == [
        ("1.2.4", ("LOINC 4-4",), ("LOINC 2-2",), ""), ("1.2.5", (), ("LOINC 3-3",), "old"), ("1.2.6", ("ICD10CM E119",), (), "new")]


def test_the_command_line(tmp_path, capsys):
    path = table(tmp_path, f"{MAMMOGRAPHY},Mammography,LOINC,24604-1,all")
    assert not main(["value-sets", "import", str(path), "--home", str(tmp_path / "home")])
    assert "1 concepts hold the codes of this file; 1 of them changed" in capsys.readouterr().out
    assert not main(["value-sets", "diff", str(path), str(path), "--json"])
    assert capsys.readouterr().out == "[]\n"
    assert main(["value-sets", "import", str(tmp_path / "none.csv"), "--home", str(tmp_path / "home")]) == 1
    assert "no such file. Give a CSV" in capsys.readouterr().err
