"""The demonstration: all talks that PyVideo lists, with a vocabulary of topics."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from confnotes.slugs import slugify

from tests.bench import corpus

TOPICS = {
    "Web": "web, http, html",
    "Django": "django > Web",
    "Flask": "flask > Web",
    "APIs": "api, apis, rest, graphql > Web",
    "Async": "asyncio, async, twisted, trio > Performance",
    "Performance": "performance, profiling, optimization",
    "Testing": "testing, pytest, unit tests, hypothesis",
    "Typing": "type hints, mypy, static typing, type annotations",
    "Packaging": "packaging, pip, wheels, conda",
    "Security": "security, cryptography, authentication",
    "Databases": "database, databases, sql, sqlalchemy, mongodb",
    "PostgreSQL": "postgresql, postgres > Databases",
    "Operations": "devops, deployment, monitoring, infrastructure",
    "Containers": "docker, containers, kubernetes > Operations",
    "Cloud": "cloud, aws, serverless > Operations",
    "Data science": "data science, data analysis, jupyter, data wrangling",
    "pandas": "pandas > Data science",
    "NumPy": "numpy, scipy > Data science",
    "Visualization": "visualization, matplotlib, bokeh, plotly > Data science",
    "Big data": "big data, spark, dask, hadoop > Data science",
    "Machine learning": "machine learning, scikit-learn",
    "Deep learning": "deep learning, tensorflow, pytorch, neural networks > Machine learning",
    "Language models": "llm, llms, language models, nlp > Machine learning",
    "Astronomy": "astronomy, astropy, telescope > Science",
    "Science": "scientific computing, bioinformatics, physics, chemistry",
    "Maps": "gis, geospatial, openstreetmap > Science",
    "Interpreters": "cpython, pypy, jython, garbage collector, bytecode",
    "Concurrency": "threads, concurrency, multiprocessing, gil > Performance",
    "Hardware": "micropython, raspberry pi, robotics, iot",
    "Games": "pygame, games, game development",
    "Education": "education, teaching, students, classroom",
    "Community": "community, diversity, code of conduct, volunteers",
    "Documentation": "documentation, sphinx, technical writing",
    "Careers": "career, careers, hiring, burnout > Community",
}
"""Title: phrases > title of the broader topic."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.demo", description=__doc__)
    parser.add_argument("root", type=Path, help="a folder for the project; what it has is deleted")
    parser.add_argument("shared", type=Path, help="the folder that has data/pyvideo-talks.jsonl.gz")
    chosen = parser.parse_args()
    shutil.rmtree(chosen.root, ignore_errors=True)
    number = corpus.pyvideo(chosen.root, chosen.shared)
    for title, about in TOPICS.items():
        phrases, _sign, parent = about.partition(" > ")
        front = f"phrases: {json.dumps(phrases.split(', '))}\n"
        front += f"parent: {slugify(parent)}\n" if parent else ""
        page = f"---\n{front}---\n# {title}\n"
        (chosen.root / "topics").mkdir(exist_ok=True)
        (chosen.root / "topics" / f"{slugify(title)}.md").write_text(page, encoding="utf-8")
    (chosen.root / "index.md").write_text(
        "# Talks on Python\n\nAll talks that PyVideo lists, as if typed.\n",
        encoding="utf-8",
    )
    print(f"{number:,} talks in {chosen.root}")


if __name__ == "__main__":
    main()
