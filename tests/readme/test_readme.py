"""The code blocks of README.md and docs/*.md marked c, python or java work as pasted.

Needs what `make check` has built: an installed prefix in build/prefix, the Python package in this environment, the Java
jar in build/java/target. Blocks run in a folder with copies of the example data.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(c|python|java)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        if page.name == "api.md":
            continue
        for number, match in enumerate(FENCE.finditer(page.read_text(encoding="utf-8")), 1):
            yield pytest.param(match[1], match[2], id=f"{page.relative_to(ROOT)}:{number}:{match[1]}")


def run(*command, cwd, env=None):
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def run_c(text, folder):
    prefix = ROOT / "build" / "prefix"
    env = {**os.environ, "PKG_CONFIG_PATH": str(prefix / "lib/pkgconfig"), "LD_LIBRARY_PATH": str(prefix / "lib")}
    (folder / "block.c").write_text(text, encoding="utf-8")
    flags = run("pkg-config", "--cflags", "--libs", "govcore", cwd=folder, env=env).split()
    run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-o", "block", "block.c", *flags, cwd=folder, env=env)
    return run("./block", cwd=folder, env=env)


def run_python(text, folder):
    (folder / "block.py").write_text(text, encoding="utf-8")
    return run(sys.executable, "block.py", cwd=folder)


def run_java(text, folder):
    (folder / "Block.java").write_text(text, encoding="utf-8")
    jar = next((ROOT / "build/java/target").glob("govcore-*.jar"))
    return run("java", "-Xcheck:jni", "-cp", str(jar), "Block.java", cwd=folder)


RUNNERS = {"c": run_c, "python": run_python, "java": run_java}


def test_the_readme_has_all_three_languages():
    languages = {match[1] for match in FENCE.finditer((ROOT / "README.md").read_text(encoding="utf-8"))}
    assert languages == {"c", "python", "java"}


@pytest.mark.parametrize("language, text", list(blocks()))
def test_block_works_as_pasted(language, text, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "examples" / "data", folder)
    assert RUNNERS[language](text, folder).strip() != ""
