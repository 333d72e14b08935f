# A map in trouble: flushed behind our back, queueing without paths, its LUN unmapped, its number given to another LUN
# shellcheck shell=bash
# deadline: 420
configure_node
lio_two_luns 7
start_iscsid

node_info /run/info.json $iqn 7 $a $b

start_multipathd
before=$(state_snapshot)
head -c 1048576 /dev/urandom >/run/data
# overrides LINE: for every array.
overrides() { configure_multipathd strict "overrides {\n  $1\n}\n"; }

# The map goes behind our back.
rc 'attach' 0 node_attach /run/info.json --wwid $one --multipath -q
settle
check 'somebody flushes it' multipath -f 3$one
rc 'status tells' 3 node_status $one -o json
check_eq 'and names no bare disk' "$(jq -r '.items[0].device' <<<"$OUT")" null
rc 'attach mends it' 0 node_attach /run/info.json --wwid $one --multipath -q
check_eq 'with the map' "$OUT" /dev/mapper/3$one
rc 'detach' 0 node_detach $one
check_eq 'nothing is left' "$(state_snapshot)" "$before"

# A map that queues, without a path. Nobody has it open: nothing waits in it.
overrides 'no_path_retry queue'
rc 'attach with queueing' 0 node_attach /run/info.json --wwid $one --multipath -q
dd if=/run/data of=/dev/mapper/3$one bs=1M count=1 conv=fsync status=none
portal_down 1
portal_down 2
check 'no path is left' await 60 failed_paths $one 2
start=$(now_ms)
rc 'a queueing map without paths is not flushed' 7 node_detach $one
check 'and that is told at once' test $(($(now_ms) - start)) -lt 20000
check_match 'with the way to force it' "$ERR" '*keeps commands*--force*'
rc 'force asks' 2 node_detach $one --force --no-input
start=$(now_ms)
rc 'forced' 0 node_detach $one --force --confirm wwid:$one
note "forced detach without a path: $(($(now_ms) - start)) ms"
check_eq 'nothing is left' "$(state_snapshot)" "$before"
portal_up 1
portal_up 2
overrides ''

# Its LUN is unmapped behind our back. A map that would wait for a path has had its turn above.
overrides 'no_path_retry fail'
rc 'attach' 0 node_attach /run/info.json --wwid $one --multipath -q
settle
lio_unmap $iqn $LAB_INITIATOR 7
rc 'unmapped: status tells' 3 node_status $one
check 'unmapped: no path is left' await 60 failed_paths $one 2
start=$(now_ms)
rc 'unmapped: detach' 0 node_detach $one
note "detach of an unmapped LUN: $(($(now_ms) - start)) ms"
check_eq 'unmapped: nothing is left' "$(state_snapshot)" "$before"
overrides ''
lio_map $iqn $LAB_INITIATOR 7 0

# The number is given to another LUN while the old map is there: the wrong disk never comes out.
rc 'attach' 0 node_attach /run/info.json --wwid $one --multipath -q
settle
lio_remap $iqn $LAB_INITIATOR 7 1
rc 'reused: the new LUN is not handed over through the old map' 7 node_attach /run/info.json --wwid $two --multipath
check_match 'both are named' "$ERR" "*$one*$two*"
rc 'reused: nor is the old one' 7 node_attach /run/info.json --wwid $one --multipath
check_eq 'no device comes out' "$OUT" ''
rc 'reused: status' 3 node_status $one -o json
check_eq 'names no device' "$(jq -r '.items[0].device' <<<"$OUT")" null
lio_remap $iqn $LAB_INITIATOR 7 0
for disk in /sys/block/sd*; do echo 1 >"$disk/device/rescan"; done
check 'its own again' await 60 active_paths $one 2
rc 'reused: detach' 0 node_detach $one
check_eq 'reused: nothing is left' "$(state_snapshot)" "$before"
