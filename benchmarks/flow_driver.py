"""Load the train flow of the project in the current folder, then run it once a line of input.

A line is a JSON object of parameters; the answer is a line with the run's UUID and the CPU seconds
that this process and its children have taken so far.
"""

import json
import sys
from pathlib import Path

from pairs import cpu_s

from registry_tasks.faces.cli.flows import flow_file, load_flow


def main() -> None:
    answers = sys.stdout
    sys.stdout = sys.stderr
    train = load_flow(flow_file(Path.cwd(), "train"))
    print("loaded", cpu_s(), file=answers, flush=True)
    for line in sys.stdin:
        run = train("flight-delay", json.loads(line))
        print(run, cpu_s(), file=answers, flush=True)


if __name__ == "__main__":
    main()
