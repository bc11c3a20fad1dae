# tries: the system calls by which programs have escaped from containers.
# holds: each is refused, even with garbage in the half of an argument that the kernel ignores.
# gvisor: x32 refused, because its kernel does not have that entry, and answers as to any unknown number.
# where: run terminal
import ctypes
import errno
import os
import signal
import struct

libc = ctypes.CDLL(None, use_errno=True)
x86 = os.uname().machine == 'x86_64'
HIGH = 1 << 32
buffer = ctypes.create_string_buffer(256)
# The numbers on x86-64 and on arm64, or one for both; None when the processor has no such call.
CALLS = {
    'unshare user': ((272, 97), 0x10000000),
    'unshare net': ((272, 97), 0x40000000),
    'setns': ((308, 268), 0, 0),
    'clone user': ((56, 220), 0x10000011, 0, 0, 0, 0),
    'clone user high': ((56, 220), HIGH | 0x10000011, 0, 0, 0, 0),
    'clone3': (435, buffer, 88),
    'mount': ((165, 40), b'none', b'/tmp', b'tmpfs', 0, None),
    'umount': ((166, 39), b'/tmp', 2),
    'pivot_root': ((155, 41), b'/', b'/'),
    'chroot': ((161, 51), b'/tmp'),
    'fsopen': (430, b'tmpfs', 0),
    'open_tree': (428, -100, b'/', 1),
    'move_mount': (429, -1, b'', -1, b'', 0),
    'mount_setattr': (442, -100, b'/', 0, buffer, 32),
    'ptrace': ((101, 117), 16, 1, 0, 0),
    'ptrace traceme': ((101, 117), 0, 0, 0, 0),
    'process_vm_readv': ((310, 270), 1, buffer, 1, buffer, 1, 0),
    'process_vm_writev': ((311, 271), 1, buffer, 1, buffer, 1, 0),
    'pidfd_getfd': (438, 3, 0, 0),
    'kcmp': ((312, 272), 1, 1, 0, 0, 0),
    'process_madvise': (440, 0, buffer, 1, 4, 0),
    'add_key': ((248, 217), b'user', b'k', b'v', 1, -4),
    'keyctl': ((250, 219), 0, -4, 1),
    'request_key': ((249, 218), b'user', b'k', b'', -4),
    'bpf': ((321, 280), 0, buffer, 64),
    'perf_event_open': ((298, 241), buffer, 0, -1, -1, 0),
    'userfaultfd': ((323, 282), 1),
    'io_uring_setup': (425, 4, buffer),
    'io_setup': ((206, 0), 4, buffer),
    'name_to_handle_at': ((303, 264), -100, b'/', buffer, buffer, 0),
    'open_by_handle_at': ((304, 265), 3, buffer, 0),
    'fanotify_init': ((300, 262), 0, 0),
    'mknod device': ((133, None), b'/tmp/dev', 0o60666, 0x800),
    'mknod high': ((133, None), b'/tmp/dev2', HIGH | 0o60666, 0x800),
    'mknodat device': ((259, 33), -100, b'/tmp/dev3', 0o60666, 0x800),
    'mknodat high': ((259, 33), -100, b'/tmp/dev4', HIGH | 0o60666, 0x800),
    'init_module': ((175, 105), buffer, 0, b''),
    'finit_module': ((313, 273), 0, b'', 0),
    'kexec_load': ((246, 104), 0, 0, 0, 0),
    'reboot': ((169, 142), 0xFEE1DEAD, 672274793, 0x1234567),
    'syslog': ((103, 116), 3, buffer, 100),
    'swapon': ((167, 224), b'/tmp/x', 0),
    'acct': ((163, 89), b'/tmp/x'),
    'sethostname': ((170, 161), b'x', 1),
    'settimeofday': ((164, 170), buffer, 0),
    'clock_settime': ((227, 112), 0, buffer),
    'adjtimex': ((159, 171), buffer),
    'iopl': ((172, None), 3),
    'ioperm': ((173, None), 0, 1, 1),
    'modify_ldt': ((154, None), 0, buffer, 16),
    'personality no randomness': ((135, 92), 0x0040000),
    'quotactl': ((179, 60), 0, b'', 0, 0),
    'vhangup': ((153, 58),),
    'lookup_dcookie': ((212, 18), 0, buffer, 1),
    'setpriority of PID 1': ((141, 140), 0, 1, 19),
    'sched_setaffinity of PID 1': ((203, 122), 1, 8, buffer),
    'socket vsock high': ((41, 198), HIGH | 40, 1, 0),
    'quotactl_fd': (443, 0, 0, 0, 0),
    'memfd_secret': (447, 0),
    'set_mempolicy': ((238, 237), 0, 0, 0),
    'move_pages': ((279, 239), 1, 0, 0, 0, 0, 0),
}


def how_ends(action):
    """Returns how a child that does this ends: the number of its signal, negative, or its exit code.

    That is 8 when the kernel cannot run such a program.
    """
    child = os.fork()
    if child == 0:
        try:
            os._exit(action())
        except OSError as error:
            os._exit(8 if error.errno == errno.ENOEXEC else 9)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def write_program(path):
    """Returns a 32-bit program that exits with 7."""
    # mov eax, 1; mov ebx, 7; int 0x80; and on arm: mov r7, 1; mov r0, 7; svc 0.
    machine, flags, code = (
        (3, 0, bytes.fromhex('b801000000bb07000000cd80'))
        if x86
        else (40, 0x05000000, bytes.fromhex('0170a0e30700a0e3000000ef'))
    )
    start, size = 0x400000, 84 + len(code)
    head = struct.pack(
        '<16sHHIIIIIHHHHHH', b'\x7fELF\1\1\1', 2, machine, 1, start + 84, 52, 0, flags, 52, 32, 1, 0, 0, 0
    )
    with open(path, 'wb') as file:
        file.write(head + struct.pack('<8I', 1, 0, start, start, size, size, 5, 0x10000) + code)
    os.chmod(path, 0o755)


# The other entries into the kernel, which the filter does not know, are fatal.
if x86:
    status = how_ends(lambda: libc.syscall(ctypes.c_long(0x40000000 | 39)) != -1)
    print('held' if status == -signal.SIGSYS else 'BROKEN', 'x32', 'answered' if status == 1 else 'refused')
write_program('/tmp/old')
status = how_ends(lambda: os.execv('/tmp/old', ['old']))
print('held' if status in (-signal.SIGSYS, 8) else 'BROKEN', '32-bit', 'programs', status)
for name, (numbers, *arguments) in CALLS.items():
    number = numbers if isinstance(numbers, int) else numbers[0 if x86 else 1]
    if number is None:
        continue
    ctypes.set_errno(0)
    padded = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = libc.syscall(ctypes.c_long(number), *padded)
    reason = errno.errorcode.get(ctypes.get_errno(), '?')
    # EPERM and ENOSYS are the filter's answers. Any other would be the kernel's, so the call would have got through.
    print('held' if result == -1 and reason in ('EPERM', 'ENOSYS') else 'BROKEN', name, result, reason)
