# kill -9 at every step of an attach with a map and of its detach: status reads, attach goes on, detach leaves nothing
# shellcheck shell=bash
# deadline: 700
configure_node
lio_two_luns 7
node_info /run/info.json $iqn 7 $a $b
start_iscsid
start_multipathd
before=$(state_snapshot)
kill_attach_with_map
kill_at_every_step 'done node.map' 'undone node.map'
kill_once_listed
check_match 'the map is one of the steps' "$STEPS" '*started node.map*undo_started node.map*'
