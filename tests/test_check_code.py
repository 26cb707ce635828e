"""How a claim is checked stands in its evidence: the function, and what it uses, as they are."""

from html import unescape

from faq.site.check_code import check_code
from tests.planted import Project

pytest_plugins = ["tests.planted_fixtures"]
CONFTEST = '''import pytest

LIMIT: int = 1
OTHER = 2


@pytest.fixture
def counted(snippet):
    """Lines."""
    return len(lines(snippet))  # all of them


def lines(snippet):
    return snippet("print.sh").out.splitlines()


@pytest.fixture
def quiet():
    """Nothing."""
'''
CLAIMS = '''"""Is it so?"""

import pytest

MOST = 5  # lines


@pytest.mark.holds(since="20.10")
@pytest.mark.usefixtures("quiet")
def test_one(counted):
    """It is <so>."""
    assert LIMIT <= counted < MOST


def test_two(engine):
    """Two holds."""
    assert engine.run("true").out == ""
'''
FIXTURES = """\
LIMIT: int = 1

@pytest.fixture
def counted(snippet):
    \"\"\"Lines.\"\"\"
    return len(lines(snippet))  # all of them

def lines(snippet):
    return snippet("print.sh").out.splitlines()

@pytest.fixture
def quiet():
    \"\"\"Nothing.\"\"\""""


def test_code_of_a_claim_is_shown_as_it_stands(project: Project):
    project.write("tests/faults/conftest.py", CONFTEST)
    project.write("tests/faults/test_line.py", CLAIMS)
    (where, code), fixtures = check_code(project.entry, "one")
    assert where == "tests/faults/test_line.py"
    function = CLAIMS.partition("lines\n\n\n")[2].partition("\n\n\ndef test_two")[0]
    assert code == f"{function}\n\nMOST = 5  # lines"
    assert fixtures == ("tests/faults/conftest.py", FIXTURES)
    project.record("28.5", "one")
    project.record("28.5", "two")
    built = project.build()
    assert built.returncode == 0, built.stderr
    assert f'<code tabindex="0">{code}</code>' in unescape(project.built())


def test_claim_without_fixtures_is_its_function_alone(project: Project):
    ((_, code),) = check_code(project.entry, "two")
    assert code.startswith('def test_two(engine):\n    """Two holds."""')
