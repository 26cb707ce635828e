"""What a page's source says; what on it could escape its proof is refused."""

import pytest

from faq import pages
from faq.errors import ClaimError
from tests.planted import PAGE, Project

pytest_plugins = ["tests.planted_fixtures"]
SHOWN = '``` sh\n--8<-- "faults/line/print.sh"\n```\n\n``` sh\n--8<-- "faults/line/clean.sh"\n```\n'


@pytest.fixture
def page_errors(project: Project):
    """The errors of the page with this text below its title."""

    def errors(text: str) -> list[str]:
        project.write("docs/faults/line.md", f"# Why?\n\n{text}\n\n{SHOWN}")
        return pages.page_errors(project.entry)

    return errors


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("It holds: ✓ everywhere.", "'✓'"),
        ("It holds: &check; everywhere.", "'&check;'"),
        ("<a class='verdict holds'>yes</a>", '"<a class=\'verdict"'),
        ('<a href="x" hidden>yes</a>', "'<a href=\"x\" hidden'"),
        ('{% set claim = "a" %}', "'{% set'"),
        ("<!-- hidden -->", "'<!--'"),
        ("{# hidden #}", "'{#'"),
        ("<div hidden>no</div>", "'<div hidden>'"),
        ("{%+ macro claim(a) %}", "'{%+ macro'"),
        ("no{: .hidden }", "'{:'"),
    ],
)
def test_typed_verdict_is_refused(page_errors, text, quoted):
    message = f"docs/faults/line.md:3: {quoted} could state or hide a verdict: write plain Markdown"
    assert message in page_errors(text)


def test_typed_verdict_is_placed_behind_code(page_errors):
    message = "docs/faults/line.md:5: '✓' could state or hide a verdict: write plain Markdown"
    assert page_errors(f"{'`✓✗ <!--` ' * 9}\n\nIt holds ✓") == [message]


@pytest.mark.parametrize(
    "text",
    [
        "It is hidden by the mount, as `docker ps '<table>'` shows -> see <a id=\"x\"></a>",
        "{% raw %}{{ }}{% endraw %}{% for a in b %}{% endfor %}",
        '1. Run it.\n\n    ``` sh\n    --8<-- "faults/line/print.sh"\n    ```\n',
    ],
)
def test_plain_prose_is_no_verdict(page_errors, text):
    assert page_errors(text) == []


def test_answer_that_nobody_wrote_is_refused(page_errors):
    assert page_errors(f"{pages.TO_WRITE}: in two sentences.") == [
        "docs/faults/line.md:3: write the answer, in two sentences, and choose two to five tags"
    ]


def test_snippet_that_no_page_shows_is_named(project: Project):
    assert pages.page_errors(project.entry) == []
    project.write("snippets/faults/line/hidden.sh", "true\n")
    assert pages.page_errors(project.entry) == [
        "snippets/faults/line/hidden.sh is not shown in docs/faults/line.md",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("``` sh\ndocker ps\n```", "sh"),
        ("~~~\ndocker ps\n~~~", "code"),
        ('``` sh\n--8<-- "faults/line/print.sh"\ndocker ps\n```', "sh"),
    ],
)
def test_block_that_is_no_snippet_is_named(page_errors, text, kind):
    shown = f'``` sh\n--8<-- "faults/line/print.sh"\n```\n\n{text}'
    assert f"docs/faults/line.md:7: a {kind} block that is no snippet" in page_errors(shown)


def test_parts_of_a_page(project: Project):
    blocks = '!!! bug "Messages"\n\n    - `a`\n\n!!! quote "Other"\n\n    - c\n\n'
    blocks += '!!! bug "Messages"\n\n    - `b`\n'
    text = PAGE.format(text=f"The\nanswer. {{{{ claim('one') }}}}\n\n{blocks}")
    project.write("docs/faults/line.md", f"---\ntags: [shell, layers]\n---\n\n{text}")
    entry = project.entry
    assert pages.tags(entry) == ["shell", "layers"]
    assert pages.title(entry) == "Is this line to be trusted?"
    assert pages.answer(entry) == "The answer. {{ claim('one') }}"
    assert pages.prose(entry) == text
    assert pages.bullets(text, pages.MESSAGES) == ["`a`", "`b`"]
    assert pages.bullets(text, pages.NOT_RUN) == []
    assert pages.stated_claims(entry) == {"one"}


@pytest.mark.parametrize("head", ["tags: [", "- tags", "tags: 1"])
def test_front_matter_that_is_none_is_refused(project: Project, head):
    project.write("docs/faults/line.md", f"---\n{head}\n---\n\n# Why?\n")
    with pytest.raises(ClaimError, match=r"^docs/faults/line\.md:1: front matter: "):
        pages.tags(project.entry)


def test_page_without_front_matter_has_no_tags(project: Project):
    assert pages.tags(project.entry) == []


def test_page_without_an_answer_is_refused(project: Project):
    project.write("docs/faults/line.md", "# Why?\n")
    with pytest.raises(ClaimError, match=r"^docs/faults/line\.md:1: a page is its question"):
        pages.answer(project.entry)


def test_tag_outside_the_vocabulary_fails_the_site(project: Project):
    project.edit("docs/faults/line.md", "# Is", "---\ntags: [shell, nonsense]\n---\n\n# Is")
    built = project.build()
    assert built.returncode
    assert "faults/line.md" in built.stderr
    assert "Tags not in allow list: nonsense" in built.stderr
