# A practice array with a real data path, for jobs: `sanctl sim serve` with its mirror on LIO. Read by lib.sh.
# The array and its targets are in the guest's own network namespace, each portal an address of lo: what listens on loopback
# and what the mirror makes belong to one process, and both ends have to reach it.
# shellcheck shell=bash

ARRAY_URL=http://127.0.0.1:8088
ARRAY_PID=''

# practice_array [N [ARG...]]: an OceanStor with N portals (10.0.0.1, 10.0.1.1, ...; default 1), configured as array "lab".
# ARG... goes to "sim serve", for example --lun vol-1=64M. Again after the array's death: the same addresses, a new process.
practice_array() { serve_array oceanstor '' "$@"; }

# practice_ontap API [N [ARG...]]: the same with an ONTAP that is spoken to over API (rest, zapi or auto); the LUN's own node and
# its partner have the first two portals, further pairs (--pairs) the next ones.
practice_ontap() {
    local api=$1
    shift
    serve_array ontap "svm = \"svm_gold\"\napi = \"$api\"\n" "$@"
}

# serve_array KIND LINES [N [ARG...]]
serve_array() {
    local kind=$1 lines=$2 n portals=()
    shift 2
    for ((n = 0; n < ${1:-1}; n++)); do
        ip addr replace "10.0.$n.1/32" dev lo
        portals+=(--portal "10.0.$n.1:3260")
    done
    ip link set lo up
    shift || :
    # What an earlier process said would pass for an answer of this one.
    : >/run/array.out
    sanctl sim serve "$kind" --listen "${ARRAY_URL#http://}" --mirror lio "${portals[@]}" "$@" >/run/array.out 2>/run/array.err &
    ARRAY_PID=$!
    if ! await 60 array_answers; then
        cat /run/array.out /run/array.err >&2
        return 1
    fi
    mkdir -p /etc/sanctl
    printf '[arrays.lab]\nkind = "%s"\nurl = "%s"\nuser = "%s"\npassword = { file = "/etc/sanctl/password" }\n%b' \
        "$kind" "$ARRAY_URL" admin "$lines" >/etc/sanctl/config.toml
    (umask 077 && sed -n 's/^user .* password //p' /run/array.out >/etc/sanctl/password)
}
# Its last line: the ones before it are whole then.
array_answers() { grep -q 'Ctrl-C ends it' /run/array.out; }

# end_practice_array: SIGTERM; the mirror takes its targets away. Sets $ARRAY_RC, the array's exit code. Not within "check": a
# subshell has no children to wait for.
end_practice_array() {
    ARRAY_RC=0
    kill -TERM "$ARRAY_PID"
    wait "$ARRAY_PID" || ARRAY_RC=$?
    ARRAY_PID=''
    [ ! -s /run/array.err ] || note "$(</run/array.err)"
}

# array_rest METHOD PATH [BODY]: one request of another administrator, in a session of its own. Prints the answer; exit 1 when it
# is not the array's code 0.
array_rest() {
    local login root headers answer
    login=$(curl -sS -D /run/array.headers "$ARRAY_URL/deviceManager/rest/xxxxx/sessions" --json \
        "$(jq -n --rawfile p /etc/sanctl/password '{username: "admin", password: ($p | rtrimstr("\n")), scope: "0"}')")
    root=$ARRAY_URL/deviceManager/rest/$(jq -r .data.deviceid <<<"$login")
    headers=(-H "iBaseToken: $(jq -r .data.iBaseToken <<<"$login")"
        -H "Cookie: $(sed -n 's/^set-cookie: \([^;]*\).*/\1/Ip' /run/array.headers)")
    answer=$(curl -sS -X "$1" "${headers[@]}" ${3:+-d "$3"} "$root$2")
    curl -sS -X DELETE "${headers[@]}" "$root/sessions" >/dev/null
    echo "$answer"
    [ "$(jq .error.code <<<"$answer")" = 0 ]
}

# ontap_rest METHOD PATH [BODY]: the same on an ONTAP.
ontap_rest() {
    curl -sS --fail-with-body -K - -X "$1" ${3:+-H 'Content-Type: application/json' -d "$3"} "$ARRAY_URL/api$2" \
        <<<"user = \"admin:$(</etc/sanctl/password)\""
}

# kill_practice_array: kill -9, as a crash. Its targets stay in the kernel.
kill_practice_array() {
    kill -KILL "$ARRAY_PID"
    wait "$ARRAY_PID" 2>/dev/null || :
    ARRAY_PID=''
}

# target_snapshot: what LIO holds, one path per line.
target_snapshot() { find /sys/kernel/config/target -mindepth 2 -type d -path '*/fileio_*' -o -type d -path '*/iscsi/iqn*' | sort; }
