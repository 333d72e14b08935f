#!/bin/bash
# What the release build costs: CPU time, peak memory, size. Prints a row per measure and its budget; exit 1 if one is
# over. Needs cargo, bash and GNU time (Debian: time); no root, no network beyond loopback.
#
#   tests/bench/cost.sh                       builds, measures
#   SANCTL_BIN=FILE tests/bench/cost.sh       measures this program
set -u -o pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." || exit 1
[ -x /usr/bin/time ] || { echo "/usr/bin/time is missing: apt-get install time"; exit 1; }
export LC_ALL=C TERM=dumb
while IFS= read -r name; do [ "$name" = SANCTL_BIN ] || unset "$name"; done < <(compgen -v SANCTL_)

if [ -z "${SANCTL_BIN:-}" ]; then
    cargo build --release --locked || exit 1
    SANCTL_BIN=${CARGO_TARGET_DIR:-target}/release/sanctl
fi
sanctl=$(realpath "$SANCTL_BIN")
here=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$here"' EXIT
export HOME=$here XDG_CONFIG_HOME=$here/config SANCTL_STATE_DIR=$here/state

over=0
# row NAME VALUE UNIT BUDGET: integers; a value is over if it reaches its budget.
row() {
    local verdict=ok
    [ "$2" -lt "$4" ] || { verdict=OVER; over=1; }
    printf '%-44s %7d %-4s (under %5d) %s\n' "$1" "$2" "$3" "$4" "$verdict"
}
# cpu_us RUNS CMD...: the mean user and system time of one run, in microseconds. $run counts the runs.
cpu_us() {
    local runs=$1 spent user system
    shift
    TIMEFORMAT='%3U %3S'
    spent=$( { time for ((run = 0; run < runs; run++)); do "$@" >"$here/out" 2>&1 || { cat "$here/out" >&2; exit 1; }; done; } 2>&1)
    read -r user system <<<"${spent##*$'\n'}"
    echo $(((10#${user/./} + 10#${system/./}) * 1000 / runs))
}
# peak_kib CMD...: the largest resident set.
peak_kib() {
    /usr/bin/time -o "$here/time" -f %M "$@" >"$here/out" 2>"$here/err" || cat "$here/err" >&2
    tail -n 1 "$here/time"
}
attach_anew() {
    SANCTL_STATE_DIR=$here/state-$run "$sanctl" attach vol-1
}

row 'sanctl --help, CPU' "$(cpu_us 50 "$sanctl" --help)" us 10000
row 'sanctl attach --help, CPU' "$(cpu_us 50 "$sanctl" attach --help)" us 10000
row 'attach on the practice array, CPU' "$(cpu_us 20 attach_anew)" us 100000
row 'attach on the practice array, peak memory' "$(SANCTL_STATE_DIR=$here/peak peak_kib "$sanctl" attach vol-1)" KiB $((20 * 1024))
row 'status on the practice array, peak memory' "$(SANCTL_STATE_DIR=$here/peak peak_kib "$sanctl" status vol-1)" KiB $((20 * 1024))
row 'detach on the practice array, peak memory' "$(SANCTL_STATE_DIR=$here/peak peak_kib "$sanctl" detach vol-1)" KiB $((20 * 1024))

tests/bench/tree.sh "$here/tree" 1000
row 'device list of 1 000 paths, CPU' "$(cpu_us 10 "$sanctl" device list --root "$here/tree")" us 150000
coproc SERVE { exec "$sanctl" sim serve oceanstor --populate 10000 -o jsonl; }
server=$SERVE_PID
read -r -t 60 line <&"${SERVE[0]}" || { echo "the practice array does not answer"; exit 1; }
url=$(sed -E 's/.*"url":"([^"]*)".*/\1/' <<<"$line")
password=$(sed -E 's/.*"password":"([^"]*)".*/\1/' <<<"$line")
(umask 077 && echo "$password" >"$here/password")
cat >"$here/large.toml" <<END
[arrays.large]
kind = "oceanstor"
url = "$url"
user = "admin"
password = { file = "$here/password" }
END
for format in jsonl name csv json yaml table; do
    budget=$((32 * 1024))
    # A table is laid out when the last row is known; documents hold their text alone.
    [ "$format" != table ] || budget=$((96 * 1024))
    peak=$(peak_kib "$sanctl" --config "$here/large.toml" host list -o $format)
    [ "$format" = json ] || [ "$(wc -l <"$here/out")" -ge 10000 ] || { echo "host list -o $format: not 10000 hosts"; over=1; }
    row "host list -o $format of 10000 hosts, peak" "$peak" KiB $budget
done
row 'lun list -o jsonl of 10000 LUNs, peak' "$(peak_kib "$sanctl" --config "$here/large.toml" lun list -o jsonl)" KiB $((32 * 1024))
row 'size of the program' "$(($(stat -c %s "$sanctl") / 1024))" KiB $((10 * 1024))
exit $over
