# attach over the OceanStor wire ends in a real disk with the LUN's own data; detach leaves nothing
# shellcheck shell=bash
target_before=$(target_snapshot)
practice_array 1 --lun vol-1=64M --lun vol-2=64M
start_iscsid
node_before=$(state_snapshot)
check 'the array can be used' sanctl array test
wwid=$(sanctl lun show vol-1 -o json | jq -r '.. | .wwid? // empty' | head -n 1)
check_match 'a LUN has a wwid of its own' "$wwid" '6a4c64f*'

check_rc 'attach' 0 sanctl attach vol-1 --yes
dev=$(sanctl attach vol-1 --yes -q)
check_match 'again: the same device, no work' "$dev" '/dev/*'
disk=$(readlink -f "$dev")
check 'it is a block device' test -b "$dev"
check_eq 'with the wwid of the LUN' "$(wwid_of "${disk##*/}")" "$wwid"
check_eq 'and its size' "$(<"/sys/block/${disk##*/}/size")" $((64 * 1024 * 2))
check 'status finds every step' sanctl status vol-1
is_online() { [ "$(sanctl initiator list -o json | jq -r '[.. | .online? // empty] | any')" = true ]; }
check 'the array knows the session' await 60 is_online

yes sanctl | head -c 1048576 >/run/written || :
check 'write' dd if=/run/written of="$dev" bs=64k oflag=direct conv=fsync status=none
settle
check 'detach' sanctl detach vol-1 --yes
check_eq 'nothing is left on the node' "$(state_snapshot)" "$node_before"
check 'detach again is no work' sanctl detach vol-1 --yes
check_eq 'no view is left on the array' "$(sanctl mapping list -o name)" ''

check 'attach another LUN first' sanctl attach vol-2 --yes
check 'then the first' sanctl attach vol-1 --yes
dev=$(sanctl attach vol-1 --yes -q)
check_eq 'the wwid again' "$(wwid_of "$(basename "$(readlink -f "$dev")")")" "$wwid"
dd if="$dev" of=/run/read bs=64k count=16 iflag=direct status=none
check 'what was written is read' cmp /run/written /run/read
settle
check 'detach one: the other stays' sanctl detach vol-2 --yes
check 'the other' test -b "$dev"
check 'detach the last' sanctl detach vol-1 --yes
check_eq 'nothing is left on the node at the end' "$(state_snapshot)" "$node_before"
end_practice_array
check_eq 'the array ends in order' "$ARRAY_RC" 0
check_eq 'and takes its targets away' "$(target_snapshot)" "$target_before"
