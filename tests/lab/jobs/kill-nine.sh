# kill -9 at points all over attach and detach, and signals: status reads, attach goes on, detach leaves nothing anywhere
# shellcheck shell=bash
# deadline: 850
export SANCTL_STATE_DIR=/run/sanctl
array_file=/run/array.json
# Changes are answered late, so that a kill at a line of the journal hits the change that the line announces.
practice_array 1 --lun vol-1=64M --populate 2 --state $array_file --fault 'POST /*#1-9999=slow:50;PUT /*#1-9999=slow:50;DELETE /*#1-9999=slow:50'
start_iscsid
wwid=$(sanctl lun show vol-1 -o json | jq -r '.. | .wwid? // empty' | head -n 1)

# Everything that others could see of the array, but for numbers that it will give next.
array_state() { jq -S '.array | del(.users, .options) | del(.. | .next?) | del(.. | .online?)' $array_file; }
before=$(state_snapshot)
array_state >/run/array.before

attach_lun() { sanctl attach vol-1 --yes "$@"; }
detach_lun() { sanctl detach vol-1 --yes "$@"; }
show_status() { sanctl status vol-1; }
is_attached() {
    local disk
    disk=$(readlink -f "$OUT") || :
    check_eq "$1: the LUN comes out" "$(wwid_of "${disk##*/}")" "$wwid"
}
is_clean() {
    node_is_clean "$1"
    check "$1: the array is as before" diff /run/array.before <(array_state)
}

kill_at_every_step 'done node.session'
check_match 'from the first to the last are steps' "$STEPS" '*array.lun-number*node.path*node.path*array.host*'

strike detach_lun TERM started node.session attach_lun
check_eq 'SIGTERM in a login' "$HIT $RC" 'yes 143'
is_clean 'SIGTERM in a login'
strike detach_lun INT started array.view-lungroup attach_lun
check_eq 'SIGINT in the array half' "$HIT $RC" 'yes 130'
is_clean 'SIGINT in the array half'
strike detach_lun TERM started node.session attach_lun --on-failure keep
check_eq 'SIGTERM, keep' "$HIT $RC" 'yes 143'
status_reads 'SIGTERM, keep'
check_eq 'SIGTERM, keep: the array half is kept' "$(array_state | cmp -s - /run/array.before || echo kept)" kept
rc 'SIGTERM, keep: attach goes on' 0 attach_lun -q
is_attached 'SIGTERM, keep'
settle
check 'SIGTERM, keep: detach' detach_lun
is_clean 'SIGTERM, keep'
end_practice_array
