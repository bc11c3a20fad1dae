/**
 * The system calls that programs in a container may make; any other fails with EPERM. An allow-list: what is not known to be
 * needed is not there. Left out on purpose, though common lists have them: everything about namespaces and mounts (unshare,
 * setns, mount, pivot_root, open_tree, move_mount, fsopen), other processes' memory (ptrace, process_vm_*, pidfd_getfd, kcmp),
 * handles and devices (open_by_handle_at, name_to_handle_at), keyrings, bpf, perf, io_uring and the older io_submit, userfaultfd, modules, clocks.
 */
const ALLOWED: Record<string, string> = {
  memory: 'brk get_mempolicy madvise membarrier memfd_create mincore mlock mlock2 mlockall mmap mprotect mremap msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect',
  files: `access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64 fallocate
    fchdir fchmod fchmodat fchmodat2 fchown fchownat fcntl fdatasync fgetxattr flistxattr flock fremovexattr fsetxattr fstat fstatfs
    fsync ftruncate futimesat getcwd getdents getdents64 getxattr inotify_add_watch inotify_init inotify_init1 inotify_rm_watch ioctl
    lchown lgetxattr link linkat listxattr llistxattr lremovexattr lseek lsetxattr lstat mkdir mkdirat newfstatat open openat openat2
    pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv removexattr rename renameat renameat2
    rmdir sendfile setxattr splice stat statfs statx symlink symlinkat sync sync_file_range syncfs tee truncate umask unlink unlinkat
    utime utimensat utimes write writev`,
  events: `epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2
    pipe pipe2 poll ppoll pselect6 select signalfd signalfd4 timerfd_create timerfd_gettime
    timerfd_settime`,
  processes: `arch_prctl capget capset execve execveat exit exit_group fork getpgid getpgrp getpid getppid getpriority getrlimit
    getrusage getsid gettid kill landlock_add_rule landlock_create_ruleset landlock_restrict_self pidfd_open pidfd_send_signal prctl
    prlimit64 rseq seccomp set_tid_address setpgid setrlimit setsid tgkill times tkill vfork wait4 waitid ioprio_get
    futex futex_waitv futex_wait futex_wake futex_requeue get_robust_list set_robust_list get_thread_area set_thread_area getcpu map_shadow_stack`,
  scheduling: 'sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval sched_yield',
  identity: `getegid geteuid getgid getgroups getresgid getresuid getuid setfsgid setfsuid setgid setgroups setregid setresgid
    setresuid setreuid setuid`,
  signals: 'pause restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo sigaltstack',
  sockets: `accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg sendmmsg sendmsg sendto
    setsockopt shutdown`,
  time: `alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep setitimer time timer_create timer_delete
    timer_getoverrun timer_gettime timer_settime`,
  'shared memory and queues': `semctl semget semop semtimedop shmat shmctl shmdt shmget`,
  system: 'getrandom sysinfo uname',
};

/** Any of CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWTIME (0x80 is part of the exit signal here). */
const NEW_NAMESPACES = 0x7e02_0000;
const AF_UNIX = 1;
const AF_INET = 2;
const AF_INET6 = 10;
const AF_NETLINK = 16;
const NETLINK_ROUTE = 0;
const S_IFMT = 0o170_000;
const S_IFIFO = 0o010_000;
const PRIO_PROCESS = 0;
const IOPRIO_WHO_PROCESS = 1;
const ENOSYS = 38;
const EPERM = 1;
const LOW_HALF = 0xffff_ffff;

interface Argument {
  index: number;
  value: number;
  valueTwo?: number;
  op: 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ';
}

const IPPROTO_TCP = 6;
const SOCK_STREAM = 1;
/** The type's bits in the second argument; the others are flags (socket(2)). */
const SOCKET_TYPE = 0xf;

const masked = (index: number, mask: number, value: number): Argument => ({ index, value: mask, valueTwo: value, op: 'SCMP_CMP_MASKED_EQ' });
const allow = (names: string[], ...args: Argument[]): object => ({ names, action: 'SCMP_ACT_ALLOW', ...(args.length > 0 ? { args } : {}) });

/**
 * The filter as the OCI specification writes it, for x86-64 alone: calls by the 32-bit and x32 ways in are killed with it.
 * Arguments of 32 bits are compared by their low half, for the kernel ignores the rest.
 */
export function seccompFilter(): object {
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: EPERM,
    architectures: ['SCMP_ARCH_X86_64'],
    syscalls: [
      allow(Object.values(ALLOWED).flatMap((names) => names.split(/\s+/))),
      // No new namespaces. clone3 hides its flags in memory: programs fall back to clone when it is not there.
      allow(['clone'], masked(0, NEW_NAMESPACES, 0)),
      { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: ENOSYS },
      // Streams only: what UDP sockets buffer is charged to the host, not to the sandbox (measured: 1.5 GB), and other protocols
      // would load modules into its kernel. Neither vsock, which knows no network namespace and would reach the hypervisor, nor packet, alg, key, … sockets.
      allow(['socket', 'socketpair'], masked(0, LOW_HALF, AF_UNIX)),
      ...[AF_INET, AF_INET6].flatMap((family) => [0, IPPROTO_TCP].map((protocol) => allow(['socket'], masked(0, LOW_HALF, family), masked(1, SOCKET_TYPE, SOCK_STREAM), masked(2, LOW_HALF, protocol)))),
      allow(['socket'], masked(0, LOW_HALF, AF_NETLINK), masked(2, LOW_HALF, NETLINK_ROUTE)),
      // FIFOs, no devices.
      allow(['mknod'], masked(1, S_IFMT, S_IFIFO)),
      allow(['mknodat'], masked(2, S_IFMT, S_IFIFO)),
      // Itself only, and not "all of my user": at moments the agent bears the reader's uid, and must not be slowed down by it.
      allow(['setpriority'], masked(0, LOW_HALF, PRIO_PROCESS), masked(1, LOW_HALF, 0)),
      allow(['ioprio_set'], masked(0, LOW_HALF, IOPRIO_WHO_PROCESS), masked(1, LOW_HALF, 0)),
      allow(['sched_setaffinity', 'sched_setattr', 'sched_setparam', 'sched_setscheduler'], masked(0, LOW_HALF, 0)),
      // Asking for the personality, and the plain ones.
      ...[0, 8, 0x20000, 0x20008, LOW_HALF].map((persona) => allow(['personality'], masked(0, LOW_HALF, persona))),
    ],
  };
}
