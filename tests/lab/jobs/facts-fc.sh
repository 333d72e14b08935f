# What sanctl assumes about the kernel's Fibre Channel; a new kernel that breaks it fails here
# shellcheck shell=bash
early=6a4c64f1001db63307a4e1700000000a
low=6a4c64f1001db63307a4e1700000001e
high=6a4c64f1001db63307a4e1700000002f

fc_net 2
lio_backstore early 32M $early HUAWEI XSG1
lio_backstore low 64M $low HUAWEI XSG1
lio_backstore high 32M $high HUAWEI XSG1
fc_export 2 early low high
fc_map 1 5 0
check 'two fabrics come up' fc_up 2

# HBAs.
host=$(fc_host 2000020000000a01)
other=$(fc_host 2000020000000a02)
hba() { echo "$(<"/sys/class/fc_host/host$host/$1")"; }
check_eq 'WWPN and WWNN' "$(hba port_name) $(hba node_name)" '0x2000020000000a01 0x1000020000000a01'
check_eq 'no fabric' "$(hba fabric_name)" 0x0
check_eq 'the port id' "$(hba port_id)" 0x000a01
check_eq 'state and type' "$(hba port_state), $(hba port_type)" 'Online, NPort (fabric via point-to-point)'
check_eq 'what it is' "$(hba symbolic_name), $(hba speed)" 'fcoe v0.1 over fa1, 10 Gbit'
check_eq 'the initiator of the second fabric is another HBA' "$(<"/sys/class/fc_host/host$other/port_name")" 0x2000020000000a02

# Remote ports.
rport=$(fc_rport 1)
check_match 'its name has the host' "$rport" "/sys/class/fc_remote_ports/rport-$host:0-*"
check_match 'the target is a target' "$(<"$rport/roles")" '*FCP Target*'
check_eq 'with a target id' "$(<"$rport/scsi_target_id")" 0
check_eq 'WWPN and port id' "$(<"$rport/port_name") $(<"$rport/port_id")" '0x2000020000000b01 0x000b01'
check_eq 'how long a lost one is kept' "$(<"$rport/dev_loss_tmo") $(<"$rport/fast_io_fail_tmo")" '60 off'
back=("/sys/class/fc_remote_ports/rport-$(fc_host 2000020000000b01):"*)
check_eq 'the other way round: an initiator, no target id' "$(<"${back[0]}/roles"), $(<"${back[0]}/scsi_target_id")" 'FCP Initiator, -1'

# LUNs.
check 'a LUN mapped before the login comes by itself' await 60 fc_disk 1 5
check 'a target that has shown no LUN has no folder' fails test -e "/sys/class/fc_transport/target$other:0:0"
fc_map 1 7 1
fc_map 1 300 2
fc_map 2 7 1
check_rc 'a scan of a number that is not mapped succeeds' 0 fc_scan 1 9
check 'and brings nothing' fails fc_disk 1 9
check_rc 'a scan of one number' 0 fc_scan 1 7
check 'brings this LUN' await 60 fc_disk 1 7
check 'and no other' fails fc_disk 1 300
check 'nor one behind the other HBA' fails fc_disk 2 7
disk=$(fc_disk 1 7)
check_eq 'its wwid' "$(wwid_of "$disk")" $low
check_eq 'the target is named by its WWPN' "$(<"/sys/class/fc_transport/target$host:0:0/port_name")" 0x2000020000000b01
check_match 'where it hangs' "$(readlink -f "/sys/block/$disk")" "*/host$host/rport-$host:0-*/target$host:0:0/$host:0:0:7/block/$disk"
fc_scan 1 300
check 'LUN 300 is 300 in sysfs, not an address' await 60 test -d "/sys/class/scsi_device/$host:0:0:300"
check_eq 'its wwid' "$(wwid_of "$(fc_disk 1 300)")" $high
fc_scan 2 7
check 'the second path' await 60 fc_disk 2 7
check_eq 'is the same LUN' "$(wwid_of "$(fc_disk 2 7)")" $low
settle
check 'no by-path link for an HBA that is no PCI device' fails test -e /dev/disk/by-path

# A pulled cable.
fc_map 1 8 1
check 'the link goes' fc_link_down 1
check_eq 'the HBA' "$(hba port_state)" Linkdown
check_eq 'the remote port stays' "$(<"$rport/port_state") $(<"$rport/scsi_target_id")" 'Blocked 0'
is_in() { [ "$(<"/sys/block/$disk/device/state")" = "$1" ]; }
check 'its disks are blocked' await 60 is_in blocked
check_eq 'the other fabric is not' "$(<"$(fc_rport 2)/port_state")" Online
check_rc 'a scan now succeeds' 0 fc_scan 1 9
check 'the link comes back' fc_link_up 1
check 'the same disk runs' await 60 is_in running
check 'it can be read' dd if="/dev/$disk" of=/dev/null bs=64k count=2 iflag=direct status=none
check 'what was mapped meanwhile has come by itself' await 60 fc_disk 1 8

# Unmapped, and an HBA that goes.
fc_unmap 1 7
check 'an unmapped LUN leaves its disk' fc_disk 1 7
check 'and the disk says running' is_in running
fc_down 1
check 'without its HBA no disk is left' fails fc_disk 1 300
check 'the other one keeps its own' fc_disk 2 7
