# What sanctl assumes about the kernel's SCSI layer; a new kernel that breaks it fails here
# shellcheck shell=bash
old=$one
new=$two

lab_net 2
lio_backstore old 64M $old
lio_backstore new 32M $new
lio_export $iqn "$a $b" 300:old :new
start_iscsid
before=$(state_snapshot)

attach_by_hand $iqn $a 300
check 'LUN 300 is 300 in sysfs, not an address' test -d "/sys/class/scsi_device/$HOST:0:0:300"
check_eq 'its wwid is in device/wwid' "$(<"/sys/block/$DISK/device/wwid")" naa.$old

check_rc 'scan of an absent LUN succeeds' 0 scan_lun "$HOST" 99
check 'and brings no disk' fails disk_of "$HOST" 99
check_rc 'scan of a LUN that is there already succeeds' 0 scan_lun "$HOST" 300
check_rc 'scan of a host that is not there fails' 1 scan_lun 77 1

check 'fsync of a block device' sync "/dev/$DISK"
check 'flush of its buffers' blockdev --flushbufs "/dev/$DISK"

# Two paths and no multipathd: nothing makes a map by itself.
first=$DISK first_host=$HOST
attach_by_hand $iqn $b 300
settle
check_eq 'two paths without multipathd stay two disks' "$(wwid_of "$first") $(wwid_of "$DISK")" "$old $old"
check_eq 'no map appears' "$(state_snapshot | grep -c ^dm || :)" 0
check 'the by-id link points at one of them' test -b /dev/disk/by-id/wwn-0x$old
check_rc 'delete of an idle disk' 0 write_attr "/sys/block/$DISK/device/delete" 1
check 'it is gone when the write returns' fails disk_of "$HOST" 300
check 'the other path stays' disk_of "$first_host" 300
logout $iqn $b >/dev/null
forget $iqn $b
HOST=$first_host DISK=$first

# The kernel protects nothing: mounted, open and mapped disks go just the same.
mkfs.ext4 -q -F "/dev/$DISK"
mkdir -p /run/mnt
mount "/dev/$DISK" /run/mnt
check_rc 'delete of a mounted disk succeeds' 0 write_attr "/sys/block/$DISK/device/delete" 1
check 'and the disk is gone' fails disk_of "$HOST" 300
check 'while the mount is still in the table' grep -q ' /run/mnt ' /proc/mounts
umount /run/mnt

scan_lun "$HOST" 300
await 60 disk_of "$HOST" 300
DISK=$(disk_of "$HOST" 300)
# udev reads a new disk for a moment; a holder of our own must not be mistaken for it.
settle
echo "0 2048 linear /dev/$DISK 0" | dmsetup create held
check_eq 'a map is a holder in sysfs' "$(ls "/sys/block/$DISK/holders" | wc -l)" 1
check_rc 'delete of a disk under a map succeeds' 0 write_attr "/sys/block/$DISK/device/delete" 1
check 'and the disk is gone' fails disk_of "$HOST" 300
check 'while the map stays' test -e /dev/mapper/held
dmsetup remove --retry held

# A LUN number used again for another LUN.
scan_lun "$HOST" 300
await 60 disk_of "$HOST" 300
DISK=$(disk_of "$HOST" 300)
settle
lio_unmap $iqn $LAB_INITIATOR 300
check_eq 'an unmapped LUN leaves its disk' "$(disk_of "$HOST" 300)" "$DISK"
check_eq 'and the disk says running' "$(<"/sys/block/$DISK/device/state")" running
lio_map $iqn $LAB_INITIATOR 300 1
check_rc 'scan of the number used again' 0 scan_lun "$HOST" 300
check_eq 'the wwid in sysfs is still the old one' "$(wwid_of "$DISK")" $old
fresh() { sg_vpd -p di "/dev/$DISK" | grep -qi "${1:0:24}"; }
check 'asked directly, the disk has the new one' await 60 fresh $new
check_rc 'rescan of the device' 0 write_attr "/sys/block/$DISK/device/rescan" 1
is_now() { [ "$(wwid_of "$DISK")" = "$1" ]; }
check 'after it sysfs has the new one' await 60 is_now $new
is_sized() { [ "$(<"/sys/block/$DISK/size")" = "$1" ]; }
check 'and the new size' await 60 is_sized 65536

echo 1 >"/sys/block/$DISK/device/delete"
check 'logout' logout $iqn $a
forget $iqn $a
check_eq 'nothing is left' "$(state_snapshot)" "$before"
