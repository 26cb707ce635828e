"""What an entry may do on an engine in use: the commands and options that are known to be safe.

Commands are read as a shell splits them, from the entry's scripts and from what its claims and
fixtures run on the engine's host. What is not on these lists is refused.
"""

import ast
import re
import shlex
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

from faq.entries import Entry

PROGRAMS = """: [ awk basename case cat cd chmod chown cmp cp curl cut date echo esac exit export
find for grep head hostname ls mkdir mktemp printf pwd rm seq set shift sleep sort tail tar test
touch true wait"""
BEFORE = re.compile(r"if|then|else|elif|fi|do|done|while|until|!|{|}|xargs|(\w+=|-).*", re.DOTALL)
DOCKER = """build cp create diff events exec export history images inspect logs ps pull rm rmi run
save stop"""
TAKES_A_COMMAND = {"create", "exec", "run"}
TOUCHES_A_THING = {"cp", "exec", "rm", "rmi", "stop"}
FLAGS = """- --all --detach --force --force-rm --init --no-cache --no-trunc --quiet --rm
--simulate -e -o -r"""
OF_ANY_VALUE = """--build-arg --entrypoint --file --format --hostname --secret --since
--stop-timeout --target --until --user -c -t"""
OURS = r"(faq|my)-.*"
VALUED = dict.fromkeys(OF_ANY_VALUE.split(), ".*") | {
    "--cap-add": "SYS_PTRACE",
    "--filter": rf"(name=\^|reference=){OURS}|container=\$.*|event=\w+",
    "--mount": "type=image,.*",
    "--name": OURS,
    "--network": f"container:{OURS}",
    "--pid": f"container:{OURS}",
    "--tag": rf"{OURS}|\$tag.*",
}
MODULES = """collections.abc faq.lab.engine faq.lab.result faq.lab.saved_image itertools json
pytest re typing"""
HEREDOC = re.compile(r"<<-?\s*(['\"]?)(\w+)\1(.*)\n(?:.*\n)*?\2(?=\n|$)")
PATTERN_OF_CASE = re.compile(r"^\s*[\w|*]+\) ", re.MULTILINE)
FUNCTION = re.compile(r"^(\w+)\(\)", re.MULTILINE)
# Comments, ends of lines that go on, and the numbers of what is redirected; no text in quotes.
IGNORED = re.compile(r"('[^']*')|(?<!\S)#.*|\\\n|\d(?=[<>])")
ARITHMETIC = re.compile(r"\$\(\(.*?\)\)")
SUBSTITUTION = re.compile(r"\$\(([^()]*)\)|`([^`]*)`")
RUN_OPTION = re.compile(r"^\s*RUN +(--(?!mount=type=(?:secret|cache)\b)\S+)", re.MULTILINE)
OPERATORS = "();<>|&\n"
UNKNOWN = "$unknown"
"""A part of a command that only a run knows; it may be an argument."""


def dangers(entry: Entry) -> list[str]:
    """What an entry does that is not known to be safe; nothing: it is."""
    unsafe: list[str] = []
    for path in entry.snippets:
        text = path.read_text()
        unsafe += RUN_OPTION.findall(text)
        unsafe += dangers_of_shell(text) if path.suffix == ".sh" else []
    for path in (entry.claims_file, entry.claims_file.parent / "conftest.py"):
        unsafe += dangers_of_python(path) if path.exists() else []
    return unsafe


def dangers_of_shell(text: str) -> Iterator[str]:
    """What in a script is not known to be safe."""
    own = FUNCTION.findall(text)
    try:
        read = list(commands(PATTERN_OF_CASE.sub("", HEREDOC.sub(r"\3", text))))
    except ValueError as error:
        read = [[f"cannot be read: {error}"]]
    for program, *arguments in read:
        if program == "docker":
            yield from dangers_of_docker(arguments)
        elif program == "trap":
            yield from dangers_of_shell(arguments[0])
        elif program in own:
            yield from dangers_of_options(arguments)
        elif program not in PROGRAMS.split() or "docker" in arguments:
            yield program


def commands(text: str) -> Iterator[list[str]]:
    """The commands of a script, each a list of words, without what is assigned and redirected."""
    text = ARITHMETIC.sub("1", IGNORED.sub(r"\1", text))
    while inner := SUBSTITUTION.search(text):
        yield from commands(inner[1] or inner[2])
        text = text.replace(inner[0], UNKNOWN)
    lexer = shlex.shlex(text + "\n", posix=True, punctuation_chars=OPERATORS)
    lexer.whitespace, lexer.commenters, lexer.whitespace_split = " \t", "", True
    words: list[str] = []
    before = ""
    for token in lexer:
        is_target = set(before) & set("<>") and not before.strip(OPERATORS)
        before = token
        if not token.strip(OPERATORS) and not set(token) & set("<>"):
            yield from [words] if words else []
            words = []
        elif token.strip(OPERATORS) and not is_target and (words or not BEFORE.fullmatch(token)):
            words.append(token)


def dangers_of_docker(arguments: list[str]) -> Iterator[str]:
    """What in a docker command is not known to be safe."""
    name, *rest = arguments[1:] if arguments[:2] == ["image", "inspect"] else [*arguments, ""]
    if name not in DOCKER.split():
        yield f"docker {name}"
    operands: list[str] = []
    words = iter(rest)
    for word in words:
        if word.startswith("-"):
            value = [next(words, "")] if word in VALUED else []
            yield from dangers_of_options([word, *value])
        elif word and not word.startswith(("$@", "${")):
            operands.append(word)
            if name in TAKES_A_COMMAND:
                break
    ours = filter(re.compile(OURS).match, operands)
    if name in TOUCHES_A_THING and operands and not any(ours):
        yield f"docker {name} {operands[0]}"


def dangers_of_options(words: list[str]) -> Iterator[str]:
    """The options among some words that are not known to be safe."""
    rest = iter(words)
    for word in rest:
        name, is_joined, value = word.partition("=")
        if not word.startswith("-") or word in FLAGS.split():
            continue
        if name in VALUED and not is_joined:
            value = next(rest, UNKNOWN)
        if name not in VALUED or not re.fullmatch(VALUED[name], value, re.DOTALL):
            yield f"{name} {value}".strip()


def dangers_of_python(path: Path) -> Iterator[str]:
    """What claims or fixtures import, run and hand on that is not known to be safe."""
    tree = ast.parse(path.read_text())
    values: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} - {*MODULES.split()}
        elif isinstance(node, ast.ImportFrom):
            yield from {str(node.module)} - {*MODULES.split()}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "run":
            for text in texts(node.args[0], values):
                yield from dangers_of_shell(text)
        elif isinstance(node, ast.Call | ast.List | ast.Tuple):
            yield from dangers_of_options(constants(node))


def texts(node: ast.AST, values: dict[str, list[ast.expr]]) -> list[str]:
    """The texts that an expression may be, given what is assigned to each name of its file."""
    match node:
        case ast.Constant():
            return [str(node.value)]
        case ast.FormattedValue():
            return texts(node.value, values)
        case ast.JoinedStr():
            parts = [texts(part, values) for part in node.values]
            return list(map("".join, product(*parts)))
        case ast.Name() if node.id in values:
            return list(chain.from_iterable(texts(value, values) for value in values[node.id]))
    return [UNKNOWN]


def constants(node: ast.Call | ast.List | ast.Tuple) -> list[str]:
    """The texts among arguments or elements; options in one text are words of their own."""
    words: list[str] = []
    named = [word.value for word in getattr(node, "keywords", [])]
    parts = node.args + named if isinstance(node, ast.Call) else node.elts
    for part in parts:
        if isinstance(part, ast.Constant):
            text = str(part.value)
            words += text.split() if text.startswith("-") else [text]
    return words
