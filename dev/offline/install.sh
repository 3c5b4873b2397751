#!/bin/sh
# 离线安装 govsite：sh install.sh [python3]。装在旁边的 govsite/ 里，不连网，不需要管理员。
# Install govsite from this folder alone, into govsite/ beside this script.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=${1:-python3}
"$python" -m venv "$here/govsite"
"$here/govsite/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --find-links "$here/wheels" govsite
"$here/govsite/bin/govsite" --version
echo "已装好 / installed: $here/govsite/bin/govsite"
