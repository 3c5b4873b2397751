#!/bin/sh
# govsite：没有 CI 的机器，用 cron 每天更新、检查、发布。发布目标写在 config.yaml 的“发布”里，名称叫“正式”。
# crontab -e：  30 8 * * *  /bin/sh 站点文件夹/publish.sh
# 有错误就停，网站保持不变；记录在 build/cron.log。签发布台账时，设 LEDGER_KEY 为私钥文件的路径。
set -eu
cd "$(dirname "$0")"
mkdir -p build report
exec >>build/cron.log 2>&1
echo "== $(TZ=Asia/Shanghai date '+%F %T')"
if git rev-parse --abbrev-ref '@{upstream}' >/dev/null 2>&1; then git pull --ff-only --quiet; fi
govsite check --format html --output report/check.html || true
govsite obligations --as-of "$(TZ=Asia/Shanghai date +%F)" --format csv --output report/obligations.csv
govsite build
govsite publish 正式 --from build/site --receipt report/receipt.json ${LEDGER_KEY:+--key "$LEDGER_KEY"}
