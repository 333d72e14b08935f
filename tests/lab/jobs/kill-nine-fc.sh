# kill -9 at every step of an attach over two Fibre Channel fabrics with a map and of its detach, as kill-nine-map over iSCSI
# shellcheck shell=bash
# deadline: 650
configure_node
fc_net 2
lio_backstore vol 64M $one HUAWEI XSG1
fc_export 2 vol
fc_autoscan off
check 'two fabrics come up' fc_up 2
for n in 1 2; do fc_map $n 7 0; done
fc_info /run/info.json 7 1 2
start_multipathd
before=$(state_snapshot)
kill_attach_with_map
other=node.path@$(fc_initiator 2)
kill_at_every_step "started $other" 'done node.map' 'undone node.map' "undo_started $other"
kill_once_listed
check_match 'the map is one of the steps' "$STEPS" '*started node.map*undo_started node.map*'
