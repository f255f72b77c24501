"""The NDC crosswalk: tiny files in the shapes of RxNorm's release and of the FDA's directory."""

import pytest

from dashboard import database
from dashboard.cli.main import main
from dashboard.errors import Fault
from dashboard.reference.load import load_reference
from dashboard.reference.ndc import import_ndc

# Made drugs: 617311 is a generic that value sets hold, 900001 its made brand, 900002 a drug that no measure asks for.
SATURATED = """\
617311||||CUI|617311|||NDC|RXNORM|99998000101|N|4096|
900001||||CUI|900001|||NDC|RXNORM|99998000201|N|4096|
900002||||AUI|900002|||NDC|MTHSPL|9998-0003-01|O||
900002||||AUI|900002|||NDC|VANDF|9998000302|N||
617311||||AUI|617311|||RXN_STRENGTH|RXNORM|40 MG|N||
"""
RELATED = """\
617311||CUI|RO|900001||CUI|tradename_of|||RXNORM||||N||
900001||CUI|RO|617311||CUI|has_tradename|||RXNORM||||N||
"""
NAMES = """\
617311|ENG||||||||||RXNORM|SCD|617311|a generic 40 MG|| N|4096|
617311|ENG||||||||||RXNORM|SY|617311|a synonym|| N|4096|
900009|ENG||||||||||RXNORM|SCD|900009|not in the crosswalk|| N|4096|
"""
PACKAGES = """\
PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION
x1\t99998-0001\t99998-0001-2\t90 \u00b5 in a bottle
x2\t99998-0009\t99998-0009-1\t30 in a bottle
"""


@pytest.fixture
def release(tmp_path):
    folder = tmp_path / "rrf"
    folder.mkdir()
    for name, text in {"RXNSAT.RRF": SATURATED, "RXNREL.RRF": RELATED, "RXNCONSO.RRF": NAMES}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def packages(tmp_path):
    folder = tmp_path / "ndctext"
    folder.mkdir()
    (folder / "package.txt").write_text(PACKAGES, encoding="latin-1", newline="\r\n")
    return folder


def crosswalk(home):
    connection = database.connect()
    load_reference(connection, home=home)
    return connection.execute("SELECT ndc, rxnorm FROM reference.ndc ORDER BY ALL").fetchall()


def test_an_ndc_leads_to_its_drug_and_a_brand_also_to_its_generic(release, tmp_path):
    import_ndc([release], tmp_path / "home")
    assert crosswalk(tmp_path / "home") == [
        ("09998000301", "900002"), ("99998000101", "617311"), ("99998000201", "617311"), ("99998000201", "900001")]


def test_an_ndc_that_could_be_read_in_three_ways_is_left_out(release, tmp_path):
    import_ndc([release], tmp_path / "home")
    assert not [ndc for ndc, _ in crosswalk(tmp_path / "home") if "0302" in ndc]


def test_a_package_of_a_known_product_joins_it(release, packages, tmp_path):
    counted = import_ndc([release, packages], tmp_path / "home")
    assert ("99998000102", "617311") in crosswalk(tmp_path / "home")
    assert (counted.ndcs, counted.wanted, counted.unknown_packages) == (4, 3, 1)


def test_the_directory_alone_extends_the_crosswalk_of_before(release, packages, tmp_path):
    import_ndc([release], tmp_path / "home")
    import_ndc([packages / "package.txt"], tmp_path / "home")
    assert ("99998000102", "617311") in crosswalk(tmp_path / "home")


def test_the_directory_alone_names_no_drug(packages, tmp_path):
    with pytest.raises(Fault, match=r"package\.txt: the FDA's files name no RxNorm codes\. Give RxNorm's RXNSAT\.RRF"):
        import_ndc([packages], tmp_path / "home")


def test_names_come_from_the_release(release, tmp_path):
    assert import_ndc([release], tmp_path / "home").names == 1
    connection = database.connect()
    load_reference(connection, home=tmp_path / "home")
    assert connection.execute("FROM reference.drug_name").fetchall() == [("617311", "a generic 40 MG")]


@pytest.mark.parametrize("text, wrong", [
    ("a|b|c|\n", r"RXNSAT\.RRF, line 1: 3 columns\. Wanted 13"),
    (SATURATED.replace("|NDC|", "|OTHER|"), r"no row with ATN = NDC"),
])
def test_another_file_is_refused(text, wrong, release, tmp_path):
    (release / "RXNSAT.RRF").write_text(text, encoding="utf-8")
    with pytest.raises(Fault, match=wrong):
        import_ndc([release], tmp_path / "home")
    assert not (tmp_path / "home" / "reference" / "ndc.parquet").exists()


def test_a_folder_without_our_files_is_refused(tmp_path):
    with pytest.raises(Fault, match=r"neither RXNSAT\.RRF \(RxNorm\) nor package\.txt"):
        import_ndc([tmp_path], tmp_path / "home")


def test_the_command_says_how_many_drugs_measures_ask_for(release, packages, tmp_path, capsys):
    assert main(["ndc", "import", str(release), str(packages), "--home", str(tmp_path / "home")]) == 0
    assert capsys.readouterr().out.startswith("4 NDCs, 3 of them drugs that measures ask for.")
    assert main(["ndc", "import", str(release / "nothing"), "--home", str(tmp_path / "home")]) == 1
    assert "nothing: no such file or folder." in capsys.readouterr().err
