# The two halves on two machines: the array's on a management station, the node's on a compute node without any array
# shellcheck shell=bash
array_file=/run/array.json
practice_array 2 --lun vol-1=64M --populate 2 --state $array_file
array_state() { jq -S '.array | del(.users, .options) | del(.. | .next?) | del(.. | .online?)' $array_file; }
# A node that cannot log in is told before the array is asked for anything.
echo "InitiatorName=$LAB_INITIATOR" >/etc/iscsi/initiatorname.iscsi
chmod 644 /etc/iscsi/initiatorname.iscsi
array_state >/run/array.before
mkdir -m 755 /run/nobody
install -o 65534 -m 600 /etc/sanctl/password /run/nobody/password
sed 's,/etc/sanctl/password,/run/nobody/password,' /etc/sanctl/config.toml >/run/nobody/config.toml
mkdir /run/nobody/state
chown 65534 /run/nobody/state
nobody() {
    SANCTL_STATE_DIR=/run/nobody/state SANCTL_CONFIG=/run/nobody/config.toml \
        setpriv --reuid 65534 --regid 65534 --clear-groups sanctl "$@"
}
check_rc 'without iscsid an attach ends at once' 1 env SANCTL_STATE_DIR=/run/early sanctl attach vol-1
check_match 'it says so' "$OUT" '*iscsid does not answer*'
start_iscsid
chmod 644 /etc/iscsi/initiatorname.iscsi
for verb in attach detach; do
    check_rc "not as root: $verb" 6 nobody $verb vol-1
    check_match "not as root: $verb says so" "$OUT" '*only root*sudo*'
done
check_rc 'not as root: a dry run' 0 nobody attach vol-1 --dry-run
check_rc 'not as root: status' 0 nobody status vol-1
check 'nothing was made on the array' diff /run/array.before <(array_state)
# Two machines in spirit: each its own state, only one with a way to the array, only the other with an initiator to ask.
station() { SANCTL_STATE_DIR=/run/station SANCTL_CONFIG=/etc/sanctl/config.toml sanctl "$@"; }
compute() { SANCTL_STATE_DIR=/run/compute SANCTL_CONFIG=/run/compute.toml sanctl "$@"; }
printf '[node]\nname = "lab"\n' >/run/compute.toml
node_before=$(state_snapshot)

check 'the compute node tells who it is' compute connector show -o json
compute connector show -o json >/run/connector.json
wwid=$(station lun show vol-1 -o json | jq -r '.. | .wwid? // empty' | head -n 1)

station attach vol-1 --array-only --connector /run/connector.json --emit connection-info >/run/info.json
check_eq 'the connection info tells both portals' "$(jq -r '.data.target_portals | sort | join(" ")' /run/info.json)" \
    '10.0.0.1:3260 10.0.1.1:3260'
check_eq 'and the wwid' "$(jq -r '.. | .scsi_wwn? // .wwid? // empty' /run/info.json | head -n 1 | sed 's/^3//')" "$wwid"
check_eq 'the node was left alone' "$(state_snapshot)" "$node_before"
check 'the array half again: nothing to do' station attach vol-1 --array-only --connector /run/connector.json
check_rc 'the array half is whole' 0 station status vol-1 --array-only --connector /run/connector.json

device=$(compute attach --node-only --connection-info /run/info.json -q)
check_match 'a device comes out' "$device" '/dev/*'
disk=$(readlink -f "$device")
check_eq 'with the wwid of the LUN' "$(wwid_of "${disk##*/}")" "$wwid"
head -c 1048576 /dev/urandom >/run/written
check 'write' dd if=/run/written of="$device" bs=64k oflag=direct conv=fsync status=none
dd if="$device" of=/run/read bs=64k count=16 iflag=direct status=none
check 'and read' cmp /run/written /run/read
check_rc 'status of the node half' 0 compute status wwid:"$wwid" --node-only

# While the node is logged in, nobody cuts it off by mistake.
settle
array_state >/run/array.attached
node_attached=$(state_snapshot)
rc=0
OUT=$(station detach vol-1 --array-only --connector /run/connector.json </dev/null 2>&1) || rc=$?
check_match 'the array half of a node that is logged in is not taken without a yes' " $rc " ' [27] '
check_match 'and it says why' "$OUT" '*logged in*'
check 'nothing was changed on the array' diff /run/array.attached <(array_state)
check_eq 'nor on the node' "$(state_snapshot)" "$node_attached"

check 'the node half goes' compute detach wwid:"$wwid" --node-only
check_eq 'the node is as before' "$(state_snapshot)" "$node_before"
check 'the node half again: nothing to do' compute detach wwid:"$wwid" --node-only
check_rc 'its status: absent' 0 compute status wwid:"$wwid" --node-only
is_online() { [ "$(station initiator list -o json | jq -r '[.. | .online? // empty] | any')" = true ]; }
check 'the array sees the initiator go' await 60 fails is_online
check_rc 'the array half goes: the initiator is offline' 0 station detach vol-1 --array-only --connector /run/connector.json </dev/null
check 'the array is as before' diff /run/array.before <(array_state)
check_rc 'the array half again: nothing to do' 0 station detach vol-1 --array-only --connector /run/connector.json </dev/null
check_eq 'no journal is open at the station' "$(find /run/station/attachments -maxdepth 1 -name '*.jsonl')" ''
check_eq 'nor on the node' "$(find /run/compute/attachments -maxdepth 1 -name '*.jsonl')" ''
end_practice_array
