"""What a page's source says; what on it could escape its proof is refused."""

import pytest

from faq import pages
from faq.errors import ClaimError
from tests.planted import PAGE, Project

pytest_plugins = ["tests.planted_fixtures"]
CODE = "`✓✗ <!--` " * 9
SHOWN = '``` sh\n--8<-- "faults/line/print.sh"\n```\n\n``` sh\n--8<-- "faults/line/clean.sh"\n```\n'


@pytest.fixture
def page_errors(project: Project):
    """The errors of the page with a text below its title."""

    def errors(text: str) -> list[str]:
        project.write("docs/faults/line.md", f"# Why?\n\n{text}\n\n{SHOWN}")
        return pages.page_errors(project.entry)

    return errors


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        *(("It holds: ✓ everywhere.", "'✓'"), ("It holds: &check; everywhere.", "'&check;'")),
        *(("<!-- hidden -->", "'<!--'"), ("{# hidden #}", "'{#'"), ("no{: .hidden }", "'{:'")),
        *(("<div hidden>no</div>", "'<div hidden>'"), ('{% set claim = "a" %}', "'{% set'")),
        ("<a class='verdict holds'>yes</a>", '"<a class=\'verdict"'),
        ('<a href="x" hidden>yes</a>', "'<a href=\"x\" hidden'"),
        ("{%+ macro claim(a) %}", "'{%+ macro'"),
    ],
)
def test_typed_verdict_is_refused(page_errors, text, quoted):
    message = f"docs/faults/line.md:5: {quoted} could state or hide a verdict: write plain Markdown"
    assert page_errors(f"{CODE}\n\n{text}")[0] == message


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


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("``` sh\ndocker ps\n```", "sh"), ("~~~\ndocker ps\n~~~", "code")),
        ('``` sh\n--8<-- "faults/line/print.sh"\ndocker ps\n```', "sh"),
    ],
)
def test_block_and_snippet_are_one(page_errors, project: Project, text, kind):
    project.write("snippets/faults/line/hidden.sh", "true\n")
    assert page_errors(f"{SHOWN}\n{text}") == [
        "snippets/faults/line/hidden.sh is not shown in docs/faults/line.md",
        f"docs/faults/line.md:11: a {kind} block that is no snippet",
    ]


def test_parts_of_a_page(project: Project):
    blocks = '!!! bug "Error messages on this page"\n\n    - `a`\n\n'
    blocks += (
        '!!! success "Fix"\n\n    ``` sh title="In a shell"\n    --8<-- "faults/line/print.sh"\n'
    )
    blocks += "    ```\n\n"
    blocks += '!!! quote "Other"\n\n    - c\n\n'
    blocks += '!!! bug "Error messages on this page"\n\n    - `b`: Do `c`: it helps.\n'
    blocks += "    - `d`: It is so.\n      Fix: Do e.\n"
    text = PAGE.format(text=f"The\nanswer. {{{{ claim('one') }}}}\n\n{blocks}")
    project.write("docs/faults/line.md", f"---\ntags: [shell, layers]\n---\n\n{text}")
    entry = project.entry
    assert pages.tags(entry) == ["shell", "layers"]
    assert pages.title(entry) == "Is this line to be trusted?"
    assert pages.answer(entry) == "The answer. {{ claim('one') }}"
    assert pages.prose(entry) == text
    assert pages.listed_messages(text) == {
        "`a`": ("", ""),
        "`b`": ("", "Do `c`: it helps."),
        "`d`": ("It is so.", "Do e."),
    }
    with pytest.raises(ClaimError, match="write 'b' as `message`"):
        pages.listed_messages(text.replace("`a`", "b"))
    assert pages.bullets(text, pages.NOT_RUN) == []
    assert pages.fix(entry) == {"In a shell": "echo one\n"}
    assert pages.stated_claims(entry) == {"one"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        *((f"---\n{head}\n---\n\n# Why?\n", "front matter: ") for head in ("tags: [", "- tags")),
        ("---\ntags: 1\n---\n\n# Why?\n", "front matter: "),
        ("# Why?\n", "a page is its question"),
    ],
)
def test_page_without_tags_or_an_answer_is_refused(project: Project, text, message):
    assert pages.tags(project.entry) == []
    project.write("docs/faults/line.md", text)
    with pytest.raises(ClaimError, match=rf"^docs/faults/line\.md:1: {message}"):
        _ = (pages.tags(project.entry), pages.answer(project.entry))


def test_tag_outside_the_vocabulary_fails_the_site(project: Project):
    project.edit("docs/faults/line.md", "# Is", "---\ntags: [shell, nonsense]\n---\n\n# Is")
    built = project.build()
    assert built.returncode
    assert "faults/line.md" in built.stderr
    assert "Tags not in allow list: nonsense" in built.stderr
