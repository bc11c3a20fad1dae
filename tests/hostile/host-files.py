# tries: to read what belongs to the host or tells about it.
# holds: none of it is there, or it is empty, or it is refused.
# gvisor: /proc/cmdline, for it is that of its own kernel: the same words on every host.
# gvisor: /proc/1/environ, for it shows every program's environment to all; the agent's holds no secret.
# gvisor: /proc/1/maps, for it shows to all where each program's memory lies, not what is in it.
# gvisor: /proc/1/auxv, for it shows to all what the kernel gave each program at its start: addresses and sizes.
import os

SECRET = [
    '/etc/shadow',
    '/etc/ssh',
    '/root/.ssh',
    '/root/.profile',
    '/proc/1/environ',
    '/proc/1/maps',
    '/proc/1/mem',
    '/proc/1/root/etc/passwd',
    '/proc/1/cwd/etc',
    '/proc/1/fd/3',
    '/proc/1/auxv',
    '/proc/1/stack',
    '/proc/kcore',
    '/proc/keys',
    '/proc/kallsyms',
    '/proc/cmdline',
    '/proc/config.gz',
    '/proc/timer_list',
    '/proc/sched_debug',
    '/proc/schedstat',
    '/proc/locks',
    '/proc/pressure',
    '/proc/slabinfo',
    '/proc/key-users',
    '/proc/softirqs',
    '/proc/interrupts',
    '/proc/kpagecount',
    '/proc/kpageflags',
    '/proc/diskstats',
    '/proc/swaps',
    '/proc/modules',
    '/proc/partitions',
    '/sys/kernel',
    '/sys/fs/cgroup',
    '/dev/kmsg',
    '/dev/mem',
    '/dev/vda',
    '/dev/sda',
    '/dev/kvm',
    '/dev/tty1',
    '/dev/pts/0',
    '/proc/sys/kernel/pty',
    '/dev/fuse',
    '/dev/net/tun',
    '/run/docker.sock',
    '/var/run',
    '/var/lib/dpkg',
    '/var/log',
    '/boot',
    '/mnt',
    '/srv',
]
for path in SECRET:
    try:
        content = os.listdir(path) if os.path.isdir(path) else open(path, 'rb').read(64)
    except OSError as error:
        print('held', path, error.strerror)
    else:
        print('BROKEN' if content else 'held', path, content)
print('held' if os.listdir('/root') == [] else 'BROKEN', '/root')
