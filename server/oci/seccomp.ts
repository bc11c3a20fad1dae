import { architectureOf } from './architecture.ts';
import {
  DESCRIPTOR_COMMANDS,
  DEVICE_REQUESTS,
  FILE_ADVICE,
  MEMORY_ADVICE,
  PROCESS_OPTIONS,
  SOCKET_OPTIONS,
  SOCKET_QUESTIONS,
} from './syscall-arguments.ts';

/**
 * The system calls that programs in a container may make; all others fail with EPERM. This is an allow-list of calls
 * that are known to be needed. Names that a processor does not have are ignored (arm64 has no open, only openat). Left
 * out on purpose, although common lists contain them: everything about namespaces and mounts (unshare, setns, mount,
 * pivot_root, open_tree, move_mount, fsopen), other processes' memory (ptrace, process_vm_*, pidfd_getfd, kcmp),
 * handles and devices (open_by_handle_at, name_to_handle_at), keyrings, bpf, perf, io_uring and the older io_submit,
 * userfaultfd, modules, clocks; watching files that others use (inotify, fanotify, preadv2's "only if cached"); and
 * keeping the host's disks busy (sync, syncfs, readahead). Calls that are allowed only with some arguments follow in
 * `seccompFilter`.
 */
const ALLOWED: Record<string, string> = {
  memory: `
    brk get_mempolicy membarrier mincore mlock mlock2 mlockall mprotect mremap munlock munlockall munmap pkey_alloc
    pkey_free pkey_mprotect
  `,
  files: `
    access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fallocate
    fchdir fchmod fchmodat fchmodat2 fchown fchownat fgetxattr flistxattr flock fremovexattr fsetxattr fstat fstatfs
    ftruncate futimesat getcwd getdents getdents64 getxattr lchown lgetxattr link linkat listxattr llistxattr
    lremovexattr lseek lsetxattr lstat mkdir mkdirat newfstatat pread64 preadv pwrite64 pwritev read readlink
    readlinkat readv removexattr rename renameat renameat2 rmdir sendfile setxattr stat statfs statx symlink
    symlinkat truncate umask unlink unlinkat utime utimensat utimes write writev
  `,
  events: `
    epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd
    eventfd2 pipe pipe2 poll ppoll pselect6 select signalfd signalfd4 timerfd_create timerfd_gettime timerfd_settime
  `,
  processes: `
    arch_prctl capget capset execve execveat exit exit_group fork getpgid getpgrp getpid getppid getpriority
    getrlimit getrusage getsid gettid kill pidfd_open pidfd_send_signal prlimit64 rseq set_tid_address setpgid
    setrlimit setsid tgkill times tkill vfork wait4 waitid ioprio_get futex futex_waitv futex_wait futex_wake
    futex_requeue get_robust_list set_robust_list get_thread_area set_thread_area getcpu map_shadow_stack
  `,
  scheduling: `
    sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler
    sched_rr_get_interval sched_yield
  `,
  identity: `
    getegid geteuid getgid getgroups getresgid getresuid getuid setfsgid setfsuid setgid setgroups setregid
    setresgid setresuid setreuid setuid
  `,
  signals: `
    pause restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend
    rt_sigtimedwait rt_tgsigqueueinfo sigaltstack
  `,
  sockets: `
    accept accept4 bind connect getpeername getsockname listen recvfrom recvmmsg recvmsg sendmmsg sendmsg sendto
    shutdown
  `,
  time: `
    alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep setitimer time timer_create
    timer_delete timer_getoverrun timer_gettime timer_settime
  `,
  'shared memory and queues': 'semctl semget semop semtimedop shmat shmctl shmdt',
  system: 'getrandom sysinfo uname',
};

/**
 * CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. Not NEWTIME, whose bit (0x80) is part of the exit
 * signal in `clone`.
 */
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
const F_SETFL = 4;
const MAP_HUGETLB = 0x4_0000;
const MFD_HUGETLB = 4;
const SHM_HUGETLB = 0o4_000;
const MS_SYNC = 4;
const ENOSYS = 38;
const EINVAL = 22;
const EPERM = 1;
const SUCCESS = 0;
const LOW_HALF = 0xffff_ffff;

interface Argument {
  index: number;
  value: number;
  valueTwo?: number;
  op: 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ';
}

const IPPROTO_TCP = 6;
const SOCK_STREAM = 1;
/** The bits of the socket's type; the others are flags (socket(2)). */
const SOCKET_TYPE = 0xf;

const masked = (index: number, mask: number, value: number): Argument => ({
  index,
  value: mask,
  valueTwo: value,
  op: 'SCMP_CMP_MASKED_EQ',
});
/** Compares the low 32 bits, which are all that the kernel uses. */
const equal = (index: number, value: number): Argument => masked(index, LOW_HALF, value);
/** Requires that none of these bits is set. */
const without = (index: number, bits: number): Argument => masked(index, bits, 0);
const allow = (names: string[], ...args: Argument[]): object => ({
  names,
  action: 'SCMP_ACT_ALLOW',
  ...(args.length > 0 ? { args } : {}),
});
const answer = (errnoRet: number, names: string[], ...args: Argument[]): object => ({
  names,
  action: 'SCMP_ACT_ERRNO',
  errnoRet,
  ...(args.length > 0 ? { args } : {}),
});

/**
 * Returns the filter in the format of the OCI specification, for a processor's 64-bit calls only: programs that make
 * other calls (32-bit ones, x32 on x86-64) are killed, which is what libseccomp does for architectures that are not
 * listed. 32-bit arguments are compared by their low half, because the kernel ignores the rest. Throws an Error with
 * one sentence for an unsupported processor.
 */
export function seccompFilter(processor: NodeJS.Architecture = process.arch): object {
  const { seccomp, oDirect } = architectureOf(processor);
  return {
    defaultAction: 'SCMP_ACT_ERRNO',
    defaultErrnoRet: EPERM,
    architectures: [seccomp],
    syscalls: [
      allow(Object.values(ALLOWED).flatMap((names) => names.trim().split(/\s+/))),
      // No new namespaces.
      allow(['clone'], masked(0, NEW_NAMESPACES, 0)),
      // Programs fall back to other calls after ENOSYS. clone3 and openat2 have their flags in memory, where the filter
      // cannot read them; preadv2 and pwritev2 can reveal what the host has cached; sync_file_range flushes its disks.
      answer(ENOSYS, ['clone3', 'openat2', 'preadv2', 'pwritev2', 'sync_file_range']),
      // These move memory blocks out of the sockets that are charged for them; programs fall back to read and write.
      answer(EINVAL, ['splice', 'tee']),
      // Streams only: the buffers of UDP sockets are charged to the host, not to the sandbox (measured: 1.5 GB), and
      // other protocols would load kernel modules. No vsock, which ignores network namespaces and would reach the
      // hypervisor, and no packet, alg, key, … sockets.
      allow(['socket', 'socketpair'], equal(0, AF_UNIX)),
      ...[AF_INET, AF_INET6].flatMap((family) =>
        [0, IPPROTO_TCP].map((protocol) =>
          allow(['socket'], equal(0, family), masked(1, SOCKET_TYPE, SOCK_STREAM), equal(2, protocol)),
        ),
      ),
      allow(['socket'], equal(0, AF_NETLINK), equal(2, NETLINK_ROUTE)),
      ...SOCKET_QUESTIONS.map(([level, option]) => allow(['getsockopt'], equal(1, level), equal(2, option))),
      ...SOCKET_OPTIONS.map(([level, option]) => allow(['setsockopt'], equal(1, level), equal(2, option))),
      ...DEVICE_REQUESTS.map((request) => allow(['ioctl'], equal(1, request))),
      ...DESCRIPTOR_COMMANDS.map((command) => allow(['fcntl'], equal(1, command))),
      ...PROCESS_OPTIONS.map((option) => allow(['prctl'], equal(0, option))),
      ...MEMORY_ADVICE.map((advice) => allow(['madvise'], equal(2, advice))),
      ...FILE_ADVICE.map((advice) => allow(['fadvise64'], equal(3, advice))),
      // Huge pages are reserved by the host for other purposes, and are not counted as memory.
      allow(['mmap'], without(3, MAP_HUGETLB)),
      allow(['memfd_create'], without(1, MFD_HUGETLB)),
      allow(['shmget'], without(2, SHM_HUGETLB)),
      // O_DIRECT bypasses the cache, so a program could keep the host's disks busy by reading the same file again.
      allow(['open'], without(1, oDirect)),
      allow(['openat'], without(2, oDirect)),
      allow(['fcntl'], equal(1, F_SETFL), without(2, oDirect)),
      // Everything writable is in memory, where these have nothing to do; for a file of the host they would flush its
      // disk.
      answer(SUCCESS, ['fsync', 'fdatasync']),
      answer(SUCCESS, ['msync'], masked(2, MS_SYNC, MS_SYNC)),
      allow(['msync'], without(2, MS_SYNC)),
      // FIFOs only, no devices.
      allow(['mknod'], masked(1, S_IFMT, S_IFIFO)),
      allow(['mknodat'], masked(2, S_IFMT, S_IFIFO)),
      // Only for the process itself, not for all processes of its user: the agent temporarily has the reader's uid, and
      // programs must not be able to slow it down.
      allow(['setpriority'], equal(0, PRIO_PROCESS), equal(1, 0)),
      allow(['ioprio_set'], equal(0, IOPRIO_WHO_PROCESS), equal(1, 0)),
      allow(['sched_setaffinity', 'sched_setattr', 'sched_setparam', 'sched_setscheduler'], equal(0, 0)),
      // Reading the personality, and setting the usual ones.
      ...[0, 8, 0x20000, 0x20008, LOW_HALF].map((persona) => allow(['personality'], equal(0, persona))),
    ],
  };
}
