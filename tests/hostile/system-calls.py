# tries: the system calls by which others have left containers.
# holds: each is refused, also with garbage in the half of an argument that the kernel ignores.
# gvisor: x32 refused, for its kernel has no such way in and answers as to any number that it does not know.
import ctypes
import errno
import os
import signal

libc = ctypes.CDLL(None, use_errno=True)
HIGH = 1 << 32
buffer = ctypes.create_string_buffer(256)
CALLS = {
    'unshare user': (272, 0x10000000), 'unshare net': (272, 0x40000000), 'setns': (308, 0, 0),
    'clone user': (56, 0x10000011, 0, 0, 0, 0), 'clone user high': (56, HIGH | 0x10000011, 0, 0, 0, 0), 'clone3': (435, buffer, 88),
    'mount': (165, b'none', b'/tmp', b'tmpfs', 0, None), 'umount': (166, b'/tmp', 2), 'pivot_root': (155, b'/', b'/'), 'chroot': (161, b'/tmp'),
    'fsopen': (430, b'tmpfs', 0), 'open_tree': (428, -100, b'/', 1), 'move_mount': (429, -1, b'', -1, b'', 0), 'mount_setattr': (442, -100, b'/', 0, buffer, 32),
    'ptrace': (101, 16, 1, 0, 0), 'ptrace traceme': (101, 0, 0, 0, 0), 'process_vm_readv': (310, 1, buffer, 1, buffer, 1, 0), 'process_vm_writev': (311, 1, buffer, 1, buffer, 1, 0),
    'pidfd_getfd': (438, 3, 0, 0), 'kcmp': (312, 1, 1, 0, 0, 0), 'process_madvise': (440, 0, buffer, 1, 4, 0),
    'add_key': (248, b'user', b'k', b'v', 1, -4), 'keyctl': (250, 0, -4, 1), 'request_key': (249, b'user', b'k', b'', -4),
    'bpf': (321, 0, buffer, 64), 'perf_event_open': (298, buffer, 0, -1, -1, 0), 'userfaultfd': (323, 1), 'io_uring_setup': (425, 4, buffer), 'io_setup': (206, 4, buffer),
    'name_to_handle_at': (303, -100, b'/', buffer, buffer, 0), 'open_by_handle_at': (304, 3, buffer, 0), 'fanotify_init': (300, 0, 0),
    'mknod device': (133, b'/tmp/dev', 0o60666, 0x800), 'mknod high': (133, b'/tmp/dev2', HIGH | 0o60666, 0x800),
    'init_module': (175, buffer, 0, b''), 'finit_module': (313, 0, b'', 0), 'kexec_load': (246, 0, 0, 0, 0), 'reboot': (169, 0xFEE1DEAD, 672274793, 0x1234567),
    'syslog': (103, 3, buffer, 100), 'swapon': (167, b'/tmp/x', 0), 'acct': (163, b'/tmp/x'), 'sethostname': (170, b'x', 1), 'settimeofday': (164, buffer, 0),
    'clock_settime': (227, 0, buffer), 'adjtimex': (159, buffer), 'iopl': (172, 3), 'ioperm': (173, 0, 1, 1), 'modify_ldt': (154, 0, buffer, 16),
    'personality no randomness': (135, 0x0040000), 'quotactl': (179, 0, b'', 0, 0), 'vhangup': (153,), 'lookup_dcookie': (212, 0, buffer, 1),
    'setpriority of PID 1': (141, 0, 1, 19), 'sched_setaffinity of PID 1': (203, 1, 8, buffer), 'socket vsock high': (41, HIGH | 40, 1, 0),
    'quotactl_fd': (443, 0, 0, 0, 0), 'memfd_secret': (447, 0), 'set_mempolicy': (238, 0, 0, 0), 'move_pages': (279, 1, 0, 0, 0, 0, 0),
}

child = os.fork()
if child == 0:  # the other ways into the kernel, which the filter does not know, are fatal
    os._exit(libc.syscall(ctypes.c_long(0x40000000 | 39)) != -1)
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print('held' if status == -signal.SIGSYS else 'BROKEN', 'x32', 'answered' if status == 1 else 'refused')
for name, (number, *arguments) in CALLS.items():
    ctypes.set_errno(0)
    padded = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = libc.syscall(ctypes.c_long(number), *padded)
    reason = errno.errorcode.get(ctypes.get_errno(), '?')
    # EPERM and ENOSYS are the filter's answers; any other would be the kernel's, which then was asked.
    print('held' if result == -1 and reason in ('EPERM', 'ENOSYS') else 'BROKEN', name, result, reason)
