"""What pages show of practices and of public benchmarks, as tables drawn in and out."""

from drawn import rows


def test_a_practice_is_called_as_the_newest_row_says(run):
    assert run("coded/practice", {"valid.practitioner": """
        practitioner_id | practice_id | organization_id | practice_affiliation | source_row
        d-1             | PR1         | G1              | Old name             | 1
        d-2             | PR1         | G1              | New name             | 2
        d-3             | PR2         | G1              |                      | 3
        d-4             |             | G1              | Nowhere              | 4
    """, "valid.provider_attribution": """
        person | practice_id | organization_id | custom_attributed_provider_practice | custom_attributed_provider_organization | source_row
        1      | PR1         | G1              |                                     | North Doctors                           | 9
    """}) == rows("""
        practice_id | group_id | practice_name | group_name
        PR1         | G1       | New name      | North Doctors
        PR2         | G1       |               |
    """)


def test_a_practice_without_a_name_is_called_by_its_id(run):
    assert run("mart/practice", {"coded.practice": """
        practice_id | group_id | practice_name | group_name
        PR1         | G1       | Alder         | North Doctors
        PR2         | G1       |               |
    """, "coded.clinician": """
        npi | practice_id | group_id
        1   | PR1         | G1
        2   | PR3         |
        3   |             | G1
    """}) == rows("""
        practice_id | group_id | practice_name | group_name
        PR1         | G1       | Alder         | North Doctors
        PR2         | G1       | PR2           | North Doctors
        PR3         |          | PR3           | No group
    """)


def test_a_benchmark_finds_its_rate_and_its_weight(run):
    assert run("mart/benchmark", {"reference.rate": """
        rate_id | measure_id | variant | rate
        1       | CBP        | HEDIS   |
        2       | CBP        | CMS165  |
        3       | GSD        | HEDIS   | above 9
    """, "reference.benchmark": """
        measure_id | variant | rate    | product_line | level            | value
        CBP        | HEDIS   | ''      | medicare     | 4 stars          | 80
        CBP        | HEDIS   | ''      | medicare     | national average | 79
        CBP        | CMS165  | ''      | ''           | median           | 69
        GSD        | HEDIS   | above 9 | medicare     | 4 stars          | 13
        GSD        | HEDIS   | below 8 | medicare     | 4 stars          | 50
    """, "reference.programme": """
        programme | measurement_year | measure_id | weight
        Stars     | 2023             | CBP        | 1
        Stars     | 2024             | CBP        | 3
        CoreSet   | 2026             | CBP        | 9
    """}) == rows("""
        rate_id | product_line | level            | value | goal | weight
        1       | medicare     | 4 stars          | 0.80  | T    | 3
        1       | medicare     | national average | 0.79  | F    | 3
        2       | ''           | median           | 0.69  | F    | 3
        3       | medicare     | 4 stars          | 0.13  | T    |
    """)
