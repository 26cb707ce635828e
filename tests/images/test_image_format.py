"""What is Docker's image format: is it OCI?"""

import json
import re

import pytest

BUILDERS = {"legacy": "0", "BuildKit": "1"}
DOCKER = {
    "manifest": "application/vnd.docker.distribution.manifest.v2+json",
    "config": "application/vnd.docker.container.image.v1+json",
    "layers": ["application/vnd.docker.image.rootfs.diff.tar.gzip"] * 2,
}
OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_CONFIG = "application/vnd.oci.image.config.v1+json"
OCI_LAYER = "application/vnd.oci.image.layer.v1.tar"
UNKNOWN = "application/vnd.faq.unknown+json"
OLD_FOLDER = ["<id>/VERSION", "<id>/json", "<id>/layer.tar"]
EXTENSIONS = {
    "Healthcheck": {"Test": ["CMD", "true"]},
    "OnBuild": ["RUN true"],
    "Shell": ["/bin/ash", "-c"],
}


def types(manifest):
    """The media types of a manifest and of what it names."""
    return {
        "manifest": manifest["mediaType"],
        "config": manifest["config"]["mediaType"],
        "layers": [layer["mediaType"] for layer in manifest["layers"]],
    }


def digests(manifest):
    """What a manifest names, without what it calls it."""
    parts = [manifest["config"], *manifest["layers"]]
    return [part["digest"] for part in parts]


def read(engine, path):
    """A JSON file of the unpacked archive."""
    return engine.run(f"cat /work/saved/{path}").json()


def blob(digest):
    return "blobs/" + digest.replace(":", "/")


def without_attestation(engine):
    """The option that leaves the attestation away, where there is one to leave away."""
    options = engine.run("DOCKER_BUILDKIT=1 docker build --help").stdout
    return ["--provenance=false"] if "--provenance" in options else []


def shape(listing):
    """The kinds of path in an archive."""
    paths = [line.removeprefix("saved/") for line in listing.splitlines()]
    return sorted({re.sub(r"[0-9a-f]{64}", "<id>", path) for path in paths})


@pytest.mark.holds(until="25.0")
def test_save_wrote_a_folder_per_layer(engine, snippet, measured):
    """`docker save` writes a layout of Docker's own: for each layer a folder with `layer.tar`, the
    configuration as `<image id>.json`, and a `manifest.json` that names them; nothing is OCI's."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    measured["paths"] = shape(snippet("save.sh").out)
    named = read(engine, "manifest.json")[0]
    inspect = "docker image inspect --format '{{.Id}} {{len .RootFS.Layers}}' faq-format"
    image_id, layers = engine.run(inspect).out.split()

    assert set(measured["paths"]) == {"<id>.json", "manifest.json", "repositories", *OLD_FOLDER}
    assert named["Config"] == image_id.removeprefix("sha256:") + ".json"
    assert len(set(named["Layers"])) == int(layers)
    assert all(re.fullmatch(r"[0-9a-f]{64}/layer\.tar", path) for path in named["Layers"])


@pytest.mark.holds(since="25.0")
def test_save_writes_an_oci_layout(engine, snippet, measured):
    """`docker save` writes an OCI image layout: `oci-layout`, an `index.json` of OCI's type, and
    each blob in `blobs/sha256/` under its own SHA-256; Docker's `manifest.json` lies beside it."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    measured["paths"] = shape(snippet("save.sh").out)
    assert {"oci-layout", "index.json", "manifest.json"} < set(measured["paths"])

    measured["oci-layout"] = read(engine, "oci-layout")
    measured["type of index.json"] = read(engine, "index.json")["mediaType"]
    sums = engine.run("cd /work/saved/blobs/sha256 && sha256sum *").out.splitlines()
    named = read(engine, "manifest.json")[0]

    assert measured["oci-layout"] == {"imageLayoutVersion": "1.0.0"}
    assert measured["type of index.json"] == OCI_INDEX
    assert all(line.split()[0] == line.split()[1] for line in sums)
    assert all(path.startswith("blobs/sha256/") for path in [named["Config"], *named["Layers"]])


@pytest.mark.holds(store="classic")
def test_classic_store_pushes_dockers_types(engine, snippet, measured):
    """From the classic image store, an image of either builder goes to a registry as Docker's
    format: not one media type in its manifest is OCI's."""
    for builder, switch in BUILDERS.items():
        snippet("build.sh", env={"DOCKER_BUILDKIT": switch})
        pushed = snippet("push.sh", f"{engine.line}-{builder}").json()
        measured[builder] = sorted(set(re.findall(r'application/[^"]+', json.dumps(pushed))))
        measured[f"{builder}, OCI's"] = [name for name in measured[builder] if "oci" in name]

    names = sorted({DOCKER["manifest"], DOCKER["config"], *DOCKER["layers"]})
    assert measured == {
        "legacy": names,
        "legacy, OCI's": [],
        "BuildKit": names,
        "BuildKit, OCI's": [],
    }


@pytest.mark.holds(since="25.0", store="classic")
def test_one_image_both_formats(engine, snippet, measured):
    """One image of the classic store is both: OCI in the archive of `docker save`, Docker in the
    registry, with one and the same configuration, byte for byte."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    pushed = snippet("push.sh", engine.line).json()
    snippet("save.sh")
    config = read(engine, "manifest.json")[0]["Config"]
    saved_config = engine.run(f"sha256sum /work/saved/{config}").out.split()[0]
    assert engine.run("ls /work/saved/oci-layout", check=False).code == 0
    assert "config" in pushed
    entry = read(engine, "index.json")["manifests"][0]
    archived = read(engine, blob(entry["digest"]))
    measured["types in the archive"] = types(archived)
    measured["types in the registry"] = types(pushed)

    assert measured["types in the archive"] == {
        "manifest": OCI_MANIFEST,
        "config": OCI_CONFIG,
        "layers": [OCI_LAYER] * 2,
    }
    assert measured["types in the registry"] == DOCKER
    assert f"sha256:{saved_config}" == archived["config"]["digest"] == pushed["config"]["digest"]


@pytest.mark.holds(store="containerd")
def test_attestation_makes_an_index(engine, snippet, measured):
    """In the containerd image store, BuildKit makes an OCI index of a one-platform image: one entry
    is the image for `linux/amd64`, the other an attestation, for `unknown/unknown`."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    pushed = snippet("push.sh", engine.line).json()
    measured["type"] = pushed["mediaType"]
    measured["entries"] = [
        [entry["mediaType"], "{os}/{architecture}".format(**entry["platform"])]
        for entry in pushed.get("manifests", [])
    ]
    marks = [entry.get("annotations", {}) for entry in pushed.get("manifests", [])]

    assert measured["type"] == OCI_INDEX
    assert measured["entries"] == [
        [OCI_MANIFEST, "linux/amd64"],
        [OCI_MANIFEST, "unknown/unknown"],
    ]
    assert marks[1]["vnd.docker.reference.type"] == "attestation-manifest"


def test_without_attestation_one_docker_manifest(engine, snippet, measured):
    """With `--provenance=false`, BuildKit's image is a single manifest in Docker's format, in
    either image store."""
    option = without_attestation(engine)
    if not option:
        pytest.skip("this release's command line has no --provenance")
    snippet("build.sh", *option, env={"DOCKER_BUILDKIT": "1"})
    measured.update(types(snippet("push.sh", engine.line).json()))

    assert measured == DOCKER


@pytest.mark.holds(store="containerd")
def test_legacy_builder_writes_oci_on_top(engine, snippet, measured):
    """In the containerd image store the legacy builder writes OCI's format: manifest,
    configuration and new layer are OCI's, the base image's layer keeps its type, here Docker's."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "0"})
    pushed = snippet("push.sh", engine.line).json()
    measured.update(types(pushed))
    script = "sed s#/faq-format/#/library/busybox/# /work/manifest.sh | sh -s stable"
    base = engine.run(script).json()["layers"]

    assert measured == {
        "manifest": OCI_MANIFEST,
        "config": OCI_CONFIG,
        "layers": [DOCKER["layers"][0], f"{OCI_LAYER}+gzip"],
    }
    assert pushed["layers"][:1] == base


@pytest.mark.holds(store="classic")
def test_classic_id_is_the_config(engine, snippet, measured):
    """In the classic image store an image's id is the SHA-256 of its configuration, whichever
    builder made it, and not the digest of its manifest in a registry."""
    measured["id is"] = meanings(engine, snippet)

    assert measured["id is"] == dict.fromkeys(BUILDERS, "its configuration's SHA-256")


@pytest.mark.holds(store="containerd")
def test_containerd_id_is_the_index_or_manifest(engine, snippet, measured):
    """In the containerd image store an image's id is the digest of what is pushed, BuildKit's
    index or the legacy builder's manifest, and not the SHA-256 of its configuration."""
    measured["id is"] = meanings(engine, snippet)

    assert measured["id is"] == {
        "legacy": f"the digest of {OCI_MANIFEST}",
        "BuildKit": f"the digest of {OCI_INDEX}",
    }


def meanings(engine, snippet):
    """What the image's id is the digest of, by builder: of the configuration or of the push."""
    found = {}
    for builder, switch in BUILDERS.items():
        tag = f"{engine.line}-{builder}"
        snippet("build.sh", env={"DOCKER_BUILDKIT": switch})
        pushed = snippet("push.sh", tag).json()
        image_id, digest, _ = snippet("id.sh", tag).out.split()
        manifest = pushed
        if "config" not in pushed:
            entry = pushed["manifests"][0]["digest"]
            manifest = engine.run(f"sh /work/manifest.sh {entry}").json()
        meaning = {
            manifest["config"]["digest"]: "its configuration's SHA-256",
            f"sha256:{digest}": f"the digest of {pushed['mediaType']}",
        }
        assert len(meaning) == 2
        found[builder] = meaning.get(image_id, "something else")
    return found


def test_dockers_extensions_are_in_the_config(engine, snippet, measured):
    """What `HEALTHCHECK`, `ONBUILD` and `SHELL` say stands in the image's configuration, with
    either builder and in either image store."""
    for builder, switch in BUILDERS.items():
        snippet("build.sh", env={"DOCKER_BUILDKIT": switch})
        snippet("save.sh")
        config = read(engine, read(engine, "manifest.json")[0]["Config"])["config"]
        measured[builder] = {name: config.get(name) for name in EXTENSIONS}
    base = engine.run("docker image inspect --format '{{json .Config}}' busybox:stable").json()
    measured["of these in the base image"] = [name for name in EXTENSIONS if base.get(name)]

    assert measured == {
        "legacy": EXTENSIONS,
        "BuildKit": EXTENSIONS,
        "of these in the base image": [],
    }


def test_only_the_names_differ(engine, snippet, measured):
    """Put OCI's names for Docker's into a manifest, change nothing else, and the engine pulls and
    runs it like the original: same configuration, same layers, same output."""
    snippet("build.sh", *without_attestation(engine), env={"DOCKER_BUILDKIT": "1"})
    docker = snippet("push.sh", engine.line).json()
    snippet("rename.sh", engine.line, f"{engine.line}-oci", OCI_CONFIG)
    oci = snippet("manifest.sh", f"{engine.line}-oci").json()
    measured["before"], measured["after"] = types(docker), types(oci)
    for name, tag in ("Docker's", engine.line), ("OCI's", f"{engine.line}-oci"):
        engine.run("sh /work/clean.sh")
        measured[f"{name} prints"] = snippet("pull-run.sh", tag).out.splitlines()[-1]

    assert measured["before"] == DOCKER
    assert measured["after"] == {
        "manifest": OCI_MANIFEST,
        "config": OCI_CONFIG,
        "layers": [f"{OCI_LAYER}+gzip"] * 2,
    }
    assert digests(docker) == digests(oci)
    assert measured["OCI's prints"] == measured["Docker's prints"] == "content"


@pytest.mark.holds(store="classic")
def test_an_unknown_name_is_refused(engine, snippet, measured):
    """With a name that is neither's for the configuration, the classic image store refuses the very
    same image."""
    snippet("build.sh", *without_attestation(engine), env={"DOCKER_BUILDKIT": "1"})
    snippet("push.sh", engine.line)
    snippet("rename.sh", engine.line, f"{engine.line}-bad", UNKNOWN)
    engine.run("sh /work/clean.sh")
    pulled = snippet("pull-run.sh", f"{engine.line}-bad", check=False)
    measured["exit code"] = pulled.code

    assert pulled.code == 1
    assert UNKNOWN in pulled.stderr


@pytest.mark.holds(store="classic")
def test_load_needs_dockers_manifest(engine, snippet, measured):
    """`docker load` takes back what `docker save` wrote, and in the classic image store no longer
    when Docker's own `manifest.json` and `repositories` are taken out of it."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    snippet("save.sh")
    whole = snippet("load.sh", check=False)
    bare = snippet("load.sh", "manifest.json", "repositories", check=False)
    measured["exit code"] = {"whole": whole.code, "without": bare.code}

    assert whole.out.splitlines()[-1] == "content"
    assert bare.code == 1
