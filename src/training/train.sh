#!/bin/sh
# Trains witan-mini from the texts in ../shared/corpus:  src/training/train.sh [--scale toy|cpu|mini]
# and whatever else python3 -m witan_mini takes; see README.md. PYTHON names the interpreter.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
[ $# -gt 0 ] || set -- --scale mini
PYTHONPATH="$here${PYTHONPATH:+:$PYTHONPATH}" exec "${PYTHON:-python3}" -m witan_mini all "$@"
