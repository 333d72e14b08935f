# Times attach and detach by a bare script, by sanctl and by os-brick, in turns in one guest: one path, then two with a map
# shellcheck shell=bash
# image: os-brick
# deadline: 900
# Use a release build: SANCTL_BIN=target/release/sanctl. Only runs of one guest on a quiet machine can be compared.
# os-brick is already loaded, as in a service; the other two are started each time.
wwid=$one
rounds=5
configure_node
lab_net 2
lio_backstore vol 64M $wwid HUAWEI XSG1
lio_export $iqn "$a $b" 7:vol
start_iscsid

# timed LIST CMD...: appends the milliseconds of CMD to the array LIST.
timed() {
    local -n list=$1
    local start=${EPOCHREALTIME/[.,]/}
    shift
    "$@" >/run/out 2>/run/err || lab_not_ok "$*" "$(</run/out)$(</run/err)"
    list+=($(((${EPOCHREALTIME/[.,]/} - start) / 1000)))
    # What udev still does is on nobody's bill.
    settle
}
median() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }
ratio() { printf '%d.%02d' $(($1 / $2)) $(($1 * 100 / $2 % 100)); }
# os-brick of this situation; a word in, a line out.
brick() {
    local answer=''
    echo "$1" >&"${BRICK[1]}"
    read -r -t 60 answer <&"${BRICK[0]}" || answer='no answer'
    echo "$answer"
    [[ $answer == ok* ]]
}
compare() { # NAME LIST...: medians of bare, sanctl, os-brick and what sanctl's is of the others'
    local -n first=$2 second=$3 third=$4
    local bare ours brick
    note "$1, in ms: bare ${first[*]}; sanctl ${second[*]}; os-brick ${third[*]}"
    bare=$(median "${first[@]}") ours=$(median "${second[@]}") brick=$(median "${third[@]}")
    summary+=("$(printf '%-18s  bare %5d ms  sanctl %5d ms  os-brick %5d ms  sanctl/bare %s  sanctl/os-brick %s' \
        "$1" "$bare" "$ours" "$brick" "$(ratio "$ours" "$bare")" "$(ratio "$ours" "$brick")")")
}
same() { printf "$1%.0s," "${portals[@]}" | sed 's/,$//'; }
measure() { # NAME single|map PORTAL...
    local name=$1 how=$2 multipath=() before round start
    shift 2
    portals=("$@")
    printf '{"driver_volume_type":"iscsi","data":{"target_portal":"%s","target_iqn":"%s","target_lun":7,' "$1" $iqn >/run/info.json
    printf '"target_portals":[%s],"target_iqns":[%s],"target_luns":[%s],"target_discovered":false,"volume_id":"vol"}}' \
        "$(printf '"%s",' "$@" | sed 's/,$//')" "$(same "\"$iqn\"")" "$(same 7)" >>/run/info.json
    [ "$how" = single ] || multipath=(--multipath)
    start=$(now_ms)
    coproc BRICK { exec python3 /lab/share/bench/os-brick.py /run/info.json "$how" 2>/run/brick.err; }
    local ready=''
    read -r -t 90 ready <&"${BRICK[0]}" || :
    [ "$ready" = ready ] || { lab_not_ok 'os-brick starts' "$(</run/brick.err)"; return 0; }
    note "os-brick is loaded in $(($(now_ms) - start)) ms"
    before=$(state_snapshot)
    up_bare=() down_bare=() up_ours=() down_ours=() up_brick=() down_brick=()
    # A first round of each fills the page cache and is not counted.
    for ((round = 0; round <= rounds; round++)); do
        timed up_bare /lab/share/bench/bare-attach.sh attach 7 $wwid $iqn "$@"
        timed down_bare /lab/share/bench/bare-attach.sh detach 7 $wwid $iqn "$@"
        timed up_ours sanctl attach --node-only --connection-info /run/info.json --wwid $wwid "${multipath[@]}" -q
        timed down_ours sanctl detach wwid:$wwid --node-only -q
        timed up_brick brick attach
        timed down_brick brick detach
        [ $round != 0 ] || up_bare=() down_bare=() up_ours=() down_ours=() up_brick=() down_brick=()
    done
    check_eq "$name nothing is left" "$(state_snapshot)" "$before"
    compare "$name attach" up_bare up_ours up_brick
    compare "$name detach" down_bare down_ours down_brick
    kill "$BRICK_PID"
    wait "$BRICK_PID" 2>/dev/null || :

    # Where sanctl's time goes, once.
    sanctl attach --node-only --connection-info /run/info.json --wwid $wwid "${multipath[@]}" --trace /run/trace >/dev/null 2>&1
    settle
    traced attach
    sanctl detach wwid:$wwid --node-only --trace /run/trace >/dev/null 2>&1
    traced detach
}
traced() {
    note "$1: $(jq -r '[(.argv // [.path // .device // "-", .value // ""] | join(" ")[:80]), "\(.elapsed_ms) ms"] | join("  ")' /run/trace)"
    rm /run/trace
}

summary=()
measure 'one path:' single $a
start_multipathd
# As most nodes have it: paths are looked at every 5 s, which is less work for the daemon.
printf 'defaults {\n  find_multipaths strict\n}\n' >/etc/multipath.conf
multipathd reconfigure >/dev/null
await 60 multipathd_answers
measure 'map of two:' map $a $b
for line in "${summary[@]}"; do note "$line"; done
