# tries: to read what belongs to the host or reveals something about it.
# holds: none of it exists here, or it is empty, or it is refused.
# gvisor: /proc/cmdline, because it is that of gVisor's own kernel: the same on every host.
# gvisor: /proc/1/environ, because it shows everybody every program's environment; the agent's contains no secret.
# gvisor: /proc/1/maps, because it shows everybody where each program's memory is, not what is in it.
# gvisor: /proc/1/auxv, because it shows everybody what the kernel gave each program at its start: addresses and sizes.
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
