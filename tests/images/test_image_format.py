"""What is Docker's image format: is it OCI?"""

import hashlib
import json
import re

import pytest

NO_ATTESTATION = {"DOCKER_BUILDKIT": "1", "BUILDX_NO_DEFAULT_ATTESTATIONS": "1"}
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
SNAPSHOTTER = "io.containerd.snapshotter.v1"
UNKNOWN = "application/vnd.faq.unknown+json"
OLD_FOLDER = ["<id>/VERSION", "<id>/json", "<id>/layer.tar"]
EXTENSIONS = [
    '"Healthcheck":{"Test":["CMD","true"]}',
    '"OnBuild":["RUN true"]',
    '"Shell":["/bin/ash","-c"]',
]


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


def read(snippet, path):
    """A JSON file of the unpacked archive."""
    return snippet("read.sh", path).json()


def blob(digest):
    return "blobs/" + digest.replace(":", "/")


def shape(listing):
    """The kinds of path in an archive."""
    paths = [line.removeprefix("saved/") for line in listing.splitlines()]
    return sorted({re.sub(r"[0-9a-f]{64}", "<id>", path) for path in paths})


@pytest.mark.holds(since="25.0")
def test_archive_says_oci(snippet, measured):
    """The archive that `docker save` writes of an image built here has OCI's `oci-layout`, and an
    `index.json` whose entries are OCI manifests or indexes."""
    snippet("build.sh")
    snippet("tag.sh")
    said = snippet("fix.sh", check=False)
    measured["exit code"] = said.code
    assert measured["exit code"] == 0
    layout, end = json.JSONDecoder().raw_decode(said.out)
    index = json.loads(said.out[end:])
    measured["oci-layout"] = layout
    types_of_entries = {entry["mediaType"] for entry in index["manifests"]}

    assert measured["oci-layout"] == {"imageLayoutVersion": "1.0.0"}
    assert index["mediaType"] == OCI_INDEX
    assert types_of_entries in ({OCI_MANIFEST}, {OCI_INDEX})


def store_and_id(snippet):
    """What `docker info` says first of the store, an image's id, and its configuration's digest."""
    info = snippet("fix-store.sh").out
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    snippet("save.sh")
    config = hashlib.sha256(snippet("config.sh").stdout.encode()).hexdigest()
    return info.strip("[]").split("]")[0], snippet("id.sh").out, f"sha256:{config}"


@pytest.mark.applies(store="containerd")
def test_info_names_the_containerd_store(snippet, measured):
    """With the containerd image store, `docker info` names `io.containerd.snapshotter.v1` as its
    driver type, and an image's id is not the SHA-256 of its configuration."""
    measured["docker info says first"], image_id, config = store_and_id(snippet)

    assert measured["docker info says first"] == f"driver-type {SNAPSHOTTER}"
    assert re.fullmatch("sha256:[0-9a-f]{64}", image_id)
    assert image_id != config


@pytest.mark.applies(store="classic")
def test_info_does_not_name_the_classic_store(snippet, measured):
    """With the classic image store, `docker info` names the backing file system instead, and an
    image's id is the SHA-256 of its configuration."""
    measured["docker info says first"], image_id, config = store_and_id(snippet)

    assert re.match(r"Backing Filesystem \w+", measured["docker info says first"])
    assert image_id == config


@pytest.mark.holds(until="25.0")
def test_save_wrote_a_folder_per_layer(snippet, measured):
    """`docker save` writes Docker's own layout: a folder with `layer.tar` for each layer, the
    configuration as `<image id>.json`, and a `manifest.json` that names them; OCI's files are
    missing."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    measured["paths"] = shape(snippet("save.sh").out)
    named = read(snippet, "manifest.json")[0]
    layers = len(snippet("config.sh").json()["rootfs"]["diff_ids"])
    image_id = snippet("id.sh").out.splitlines()[0]

    assert set(measured["paths"]) == {"<id>.json", "manifest.json", "repositories", *OLD_FOLDER}
    assert named["Config"] == image_id.removeprefix("sha256:") + ".json"
    assert len(set(named["Layers"])) == layers
    assert all(re.fullmatch(r"[0-9a-f]{64}/layer\.tar", path) for path in named["Layers"])


@pytest.mark.holds(since="25.0")
def test_save_writes_an_oci_layout(snippet, measured):
    """`docker save` writes an OCI image layout: `oci-layout`, an `index.json` of OCI's type, and
    each blob in `blobs/sha256/` under its own SHA-256. Docker's `manifest.json` is next to them."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    measured["paths"] = shape(snippet("save.sh").out)
    assert {"oci-layout", "index.json", "manifest.json"} < set(measured["paths"])

    measured["oci-layout"] = read(snippet, "oci-layout")
    measured["type of index.json"] = read(snippet, "index.json")["mediaType"]
    blobs = snippet("digests.sh").out.splitlines()
    named = read(snippet, "manifest.json")[0]
    files = [named["Config"], *named["Layers"]]

    assert measured["oci-layout"] == {"imageLayoutVersion": "1.0.0"}
    assert measured["type of index.json"] == OCI_INDEX
    assert len(blobs) >= len(files) == 3
    assert all(re.fullmatch("[0-9a-f]{64}: OK", line) for line in blobs)
    assert {file.split("/")[-1] for file in files} <= {line.split(":")[0] for line in blobs}


@pytest.mark.applies(since="25.0")
@pytest.mark.holds(store="containerd")
def test_save_keeps_the_types_of_a_pulled_image(snippet, measured):
    """The archive that `docker save` writes of an image pulled in Docker's format names a manifest
    of Docker's type."""
    pulled = snippet("manifest.sh", "stable", "library/busybox").json()["mediaType"]
    measured["in the registry"] = pulled
    snippet("save.sh", "busybox:stable")
    entries = read(snippet, "index.json")["manifests"]
    measured["in the archive"] = [entry["mediaType"] for entry in entries]

    assert measured["in the registry"] == DOCKER["manifest"]
    assert measured["in the archive"] == [DOCKER["manifest"]]


@pytest.mark.applies(store="classic")
def test_classic_store_pushes_dockers_types(engine, snippet, measured):
    """From the classic image store, an image built with either builder is pushed in Docker's
    format: its manifest contains none of OCI's media types."""
    for builder, switch in BUILDERS.items():
        snippet("build.sh", env={"DOCKER_BUILDKIT": switch})
        pushed = snippet("push.sh", f"{engine.line}-{builder}").json()
        measured[builder] = sorted(set(re.findall(r'application/[^"]+', json.dumps(pushed))))

    names = sorted({DOCKER["manifest"], DOCKER["config"], *DOCKER["layers"]})
    assert measured == {"legacy": names, "BuildKit": names}


@pytest.mark.applies(store="classic")
@pytest.mark.holds(since="25.0")
def test_one_image_both_formats(engine, snippet, measured):
    """One image of the classic store has both formats: OCI's in the archive of `docker save`,
    Docker's in the registry, with the same configuration, byte for byte."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    pushed = snippet("push.sh", engine.line).json()
    measured["the archive is OCI's"] = "saved/oci-layout" in snippet("save.sh").out.splitlines()
    config = hashlib.sha256(snippet("config.sh").stdout.encode()).hexdigest()
    assert measured["the archive is OCI's"]
    entry = read(snippet, "index.json")["manifests"][0]
    archived = read(snippet, blob(entry["digest"]))
    measured["types in the archive"] = types(archived)
    measured["types in the registry"] = types(pushed)

    assert measured["types in the archive"] == {
        "manifest": OCI_MANIFEST,
        "config": OCI_CONFIG,
        "layers": [OCI_LAYER] * 2,
    }
    assert measured["types in the registry"] == DOCKER
    assert f"sha256:{config}" == archived["config"]["digest"] == pushed["config"]["digest"]


@pytest.mark.applies(store="containerd")
def test_attestation_makes_an_index(engine, snippet, measured):
    """In the containerd image store, BuildKit makes an OCI index for a single-platform image: one
    entry is the image for `linux/amd64`, the other an attestation, for `unknown/unknown`."""
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


@pytest.mark.applies(since="23.0")
@pytest.mark.holds(store="classic")
@pytest.mark.holds(until="29.6", store="containerd")
def test_without_attestation_one_docker_manifest(engine, snippet, measured):
    """With `--provenance=false`, BuildKit's image is a single manifest in Docker's format, in both
    image stores."""
    snippet("build.sh", "--provenance=false", env={"DOCKER_BUILDKIT": "1"})
    measured["types"] = types(snippet("push.sh", engine.line).json())

    assert measured["types"] == DOCKER


@pytest.mark.applies(store="containerd")
def test_legacy_builder_writes_oci_on_top(engine, snippet, measured):
    """In the containerd image store, the legacy builder writes OCI's format: manifest,
    configuration and new layer are OCI's; the base image's layer keeps its type, here Docker's."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "0"})
    pushed = snippet("push.sh", engine.line).json()
    measured["types"] = types(pushed)
    base = snippet("manifest.sh", "stable", "library/busybox").json()["layers"]

    assert measured["types"] == {
        "manifest": OCI_MANIFEST,
        "config": OCI_CONFIG,
        "layers": [DOCKER["layers"][0], f"{OCI_LAYER}+gzip"],
    }
    assert pushed["layers"][:1] == base


@pytest.mark.applies(store="classic")
def test_classic_id_is_the_config(engine, snippet, measured):
    """In the classic image store an image's id is the SHA-256 of its configuration, with both
    builders, and not the digest of its manifest in a registry."""
    measured["id is"] = meanings(engine, snippet)

    assert measured["id is"] == dict.fromkeys(BUILDERS, "its configuration's SHA-256")


@pytest.mark.applies(store="containerd")
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
            manifest = snippet("manifest.sh", pushed["manifests"][0]["digest"]).json()
        meaning = {
            manifest["config"]["digest"]: "its configuration's SHA-256",
            f"sha256:{digest}": f"the digest of {pushed['mediaType']}",
        }
        assert len(meaning) == 2
        found[builder] = meaning.get(image_id, "something else")
    return found


def test_dockers_extensions_are_in_the_config(snippet, measured):
    """The values of `HEALTHCHECK`, `ONBUILD` and `SHELL` are in the image's configuration, with
    both builders and in both image stores."""
    for builder, switch in BUILDERS.items():
        snippet("build.sh", env={"DOCKER_BUILDKIT": switch})
        snippet("save.sh")
        measured[builder] = snippet("extensions.sh").out.splitlines()
    snippet("save.sh", "busybox:stable")
    measured["the base image"] = snippet("extensions.sh").out.splitlines()

    assert measured["legacy"] == EXTENSIONS
    assert measured["BuildKit"] == EXTENSIONS
    assert measured["the base image"] == []


@pytest.mark.holds(store="classic")
@pytest.mark.holds(until="29.6", store="containerd")
def test_only_the_names_differ(engine, snippet, measured):
    """The engine pulls and runs an image whose manifest has OCI's media types in place of Docker's:
    same configuration, same layers, same output."""
    snippet("build.sh", env=NO_ATTESTATION)
    docker = snippet("push.sh", engine.line).json()
    snippet("rename.sh", engine.line, f"{engine.line}-oci", OCI_CONFIG)
    oci = snippet("manifest.sh", f"{engine.line}-oci").json()
    measured["before"], measured["after"] = types(docker), types(oci)
    for name, tag in ("Docker's", engine.line), ("OCI's", f"{engine.line}-oci"):
        snippet("clean.sh")
        measured[f"{name} prints"] = snippet("pull-run.sh", tag).out.splitlines()[-1]

    assert measured["before"] == DOCKER
    assert measured["after"] == {
        "manifest": OCI_MANIFEST,
        "config": OCI_CONFIG,
        "layers": [f"{OCI_LAYER}+gzip"] * 2,
    }
    assert digests(docker) == digests(oci)
    assert measured["Docker's prints"] == "content"
    assert measured["OCI's prints"] == "content"


def pull_with_unknown_type(engine, snippet):
    """Give an image's configuration a type that is neither Docker's nor OCI's; pull and run it."""
    snippet("build.sh", env=NO_ATTESTATION)
    snippet("push.sh", engine.line)
    snippet("rename.sh", engine.line, f"{engine.line}-bad", UNKNOWN)
    snippet("manifest.sh", f"{engine.line}-bad")
    snippet("clean.sh")
    return snippet("pull-run.sh", f"{engine.line}-bad", check=False)


@pytest.mark.applies(store="classic")
def test_an_unknown_name_is_refused(engine, snippet, measured):
    """When its configuration has a media type that is neither Docker's nor OCI's, the classic image
    store refuses to pull the same image."""
    pulled = pull_with_unknown_type(engine, snippet)
    measured["exit code"] = pulled.code

    assert pulled.code == 1
    assert f"unsupported media type {UNKNOWN}" in pulled.stderr


@pytest.mark.applies(store="containerd")
def test_containerd_takes_an_unknown_name(engine, snippet, measured):
    """The containerd image store pulls and runs the image with this unknown media type."""
    pulled = pull_with_unknown_type(engine, snippet)
    measured["exit code"] = pulled.code
    measured["prints"] = pulled.out.splitlines()[-1:]

    assert measured["exit code"] == 0
    assert measured["prints"] == ["content"]


def load_whole_and_bare(snippet):
    """Load what was saved, then the same without Docker's own files."""
    snippet("build.sh", env={"DOCKER_BUILDKIT": "1"})
    snippet("save.sh")
    whole = snippet("load.sh", check=False)
    return whole, snippet("load.sh", "manifest.json", "repositories", check=False)


@pytest.mark.applies(store="classic")
def test_load_needs_dockers_manifest(snippet, measured):
    """In the classic image store `docker load` loads what `docker save` wrote, but not without
    Docker's own `manifest.json` and `repositories`."""
    whole, bare = load_whole_and_bare(snippet)
    measured["exit code"] = {"whole": whole.code, "without": bare.code}

    assert measured["exit code"] == {"whole": 0, "without": 1}
    assert whole.out.splitlines()[-1] == "content"
    assert re.search(r"/(repositories|blobs/json): no such file or directory", bare.stderr)


@pytest.mark.applies(store="containerd")
def test_containerd_loads_oci_alone(snippet, measured):
    """In the containerd image store `docker load` takes the archive without these two files as
    well, and the image runs."""
    whole, bare = load_whole_and_bare(snippet)
    measured["exit code"] = {"whole": whole.code, "without": bare.code}

    assert measured["exit code"] == {"whole": 0, "without": 0}
    assert whole.out.splitlines()[-1] == "content"
    assert bare.out.splitlines()[-1] == "content"
