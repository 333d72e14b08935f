# kill -9 at points all over attach and detach, and signals: status reads, attach goes on, detach leaves nothing anywhere
# shellcheck shell=bash
# deadline: 300
export SANCTL_STATE_DIR=/run/sanctl
array_file=/run/array.json
# Changes are answered late, so that a kill at a line of the journal hits the change that the line announces.
practice_array 1 --lun vol-1=64M --populate 2 --state $array_file --fault 'POST /*#1-9999=slow:50;PUT /*#1-9999=slow:50;DELETE /*#1-9999=slow:50'
start_iscsid
wwid=$(sanctl lun show vol-1 -o json | jq -r '.. | .wwid? // empty' | head -n 1)

# Everything that others could see of the array, but for numbers that it will give next.
array_state() { jq -S '.array | del(.users, .options) | del(.. | .next?) | del(.. | .online?)' $array_file; }
node_before=$(state_snapshot)
array_state >/run/array.before

# caught BACK SIGNAL EVENT KEY CMD...: struck; on a busy machine the run may be over before its line is read: then BACK, and again.
caught() {
    local back=$1 n
    shift
    for n in 1 2 3 4 5; do
        struck "$@"
        [ $HIT = no ] || return 0
        [ "$n" = 5 ] || sanctl "$back" vol-1 --yes >/run/out 2>&1
        udevadm settle --timeout=10
    done
}
# reads NAME CMD...: a status that reads: whole or with findings.
reads() {
    local name=$1 rc=0
    shift
    OUT=$("$@" 2>&1) || rc=$?
    check_match "$name" " $rc " ' [03] '
}
proven() { # NAME: attach ends in the LUN's device
    local dev disk
    dev=$(sanctl attach vol-1 --yes -q 2>/run/err) || { lab_not_ok "$1" "exit $?: $(</run/err)"; return 0; }
    disk=$(readlink -f "$dev")
    check_eq "$1" "$(wwid_of "${disk##*/}")" "$wwid"
}
clean() { # NAME: node and array are as before
    check_eq "$1: the node is as before" "$(state_snapshot)" "$node_before"
    check "$1: the array is as before" diff /run/array.before <(array_state)
    check_eq "$1: no journal is open" "$(echo "$SANCTL_STATE_DIR"/attachments/*.jsonl)" "$SANCTL_STATE_DIR/attachments/*.jsonl"
}

# Every step, as an undisturbed run tells them.
steps() { jq -r --arg event "$1" 'select(.event == $event) | .key' <<<"$ERR" | sed 's/@.*//' | awk '!known[$0]++'; }
rc 'attach' 0 sanctl attach vol-1 --yes --progress jsonl
ups=$(steps started)
udevadm settle --timeout=10
rc 'detach' 0 sanctl detach vol-1 --yes --progress jsonl
downs=$(steps undo_started)
clean 'undisturbed'
note "${ups//$'\n'/ }; ${downs//$'\n'/ }"
check_match 'all of them' "$ups $downs" '*array.lun-number*node.path*node.path*array.host*'

# Then: attach again, or detach after a look, or detach at once, while a child of the killed process may still be at work.
ways=(attach detach at-once)
nth=0
while read -r event key; do
    go_on=${ways[nth++ % 3]}
    point="attach killed at $event $key"
    caught detach KILL "$event" "$key" sanctl attach vol-1 --yes
    check_eq "$point" "$HIT $RC" 'yes 137'
    [ "$go_on" = at-once ] || reads "$point: status reads" sanctl status vol-1
    [ "$go_on" != attach ] || proven "$point: attach again"
    [ "$go_on" = at-once ] || udevadm settle --timeout=10
    check "$point: detach" sanctl detach vol-1 --yes
    clean "$point"
done < <(sed 's/^/started /' <<<"$ups" && echo 'done node.session')

while read -r event key; do
    go_on=${ways[nth++ % 3]}
    point="detach killed at $event $key"
    check "$point: attach" sanctl attach vol-1 --yes
    udevadm settle --timeout=10
    caught attach KILL "$event" "$key" sanctl detach vol-1 --yes
    check_eq "$point" "$HIT $RC" 'yes 137'
    [ "$go_on" = at-once ] || reads "$point: status reads" sanctl status vol-1
    check "$point: detach again" sanctl detach vol-1 --yes
    clean "$point"
done < <(sed 's/^/undo_started /' <<<"$downs")

caught detach TERM started node.session sanctl attach vol-1 --yes
check_eq 'SIGTERM in a login' "$HIT $RC" 'yes 143'
clean 'SIGTERM in a login'
caught detach INT started array.view-lungroup sanctl attach vol-1 --yes
check_eq 'SIGINT in the array half' "$HIT $RC" 'yes 130'
clean 'SIGINT in the array half'
caught detach TERM started node.session sanctl attach vol-1 --yes --on-failure keep
check_eq 'SIGTERM, keep' "$HIT $RC" 'yes 143'
reads 'SIGTERM, keep: status reads' sanctl status vol-1
check_eq 'SIGTERM, keep: the array half is kept' "$(array_state | cmp -s - /run/array.before || echo kept)" kept
proven 'SIGTERM, keep: attach goes on'
udevadm settle --timeout=10
check 'SIGTERM, keep: detach' sanctl detach vol-1 --yes
clean 'SIGTERM, keep'
end_practice_array
