/**
 * The allowed arguments of system calls that have many functions. The numbers are from the kernel's uapi headers, and
 * are the same on x86-64 and arm64 (those that differ are in `architecture.ts`). These are allow-lists of what is known
 * to be needed; the comment on each list says what is left out on purpose.
 */

/** An option of `setsockopt`, by its level and number. */
export type SocketOption = [level: number, option: number];

const SOL_SOCKET = 1;
const IPPROTO_IP = 0;
const IPPROTO_TCP = 6;
const IPPROTO_IPV6 = 41;

/**
 * Allowed options of `setsockopt`. Left out: SO_ATTACH_FILTER and similar ones, whose code counts against a limit of
 * the whole host (bpf_jit_limit), beyond which no container could be started; multicast, flow labels, header options
 * and TCP_FASTOPEN, which use memory that is charged to no container; TCP_ULP and TCP_CONGESTION, which load kernel
 * modules; SO_ZEROCOPY, which pins pages.
 */
export const SOCKET_OPTIONS: SocketOption[] = [
  // REUSEADDR BROADCAST SNDBUF RCVBUF KEEPALIVE OOBINLINE PRIORITY LINGER REUSEPORT PASSCRED RCVLOWAT, RCVTIMEO and
  // SNDTIMEO old and new
  ...[2, 6, 7, 8, 9, 10, 12, 13, 15, 16, 18, 20, 21, 66, 67].map((option): SocketOption => [SOL_SOCKET, option]),
  // TOS TTL
  ...[1, 2].map((option): SocketOption => [IPPROTO_IP, option]),
  // NODELAY MAXSEG CORK KEEPIDLE KEEPINTVL KEEPCNT SYNCNT LINGER2 WINDOW_CLAMP QUICKACK USER_TIMEOUT NOTSENT_LOWAT
  ...[1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 18, 25].map((option): SocketOption => [IPPROTO_TCP, option]),
  // UNICAST_HOPS V6ONLY TCLASS
  ...[16, 26, 67].map((option): SocketOption => [IPPROTO_IPV6, option]),
];

/**
 * Allowed options of `getsockopt`. Left out: TCP_ZEROCOPY_RECEIVE, which maps kernel pages without charging them.
 */
export const SOCKET_QUESTIONS: SocketOption[] = [
  ...SOCKET_OPTIONS,
  // TYPE ERROR PEERCRED PEERNAME ACCEPTCONN PROTOCOL DOMAIN COOKIE PEERGROUPS
  ...[3, 4, 17, 28, 30, 38, 39, 57, 59].map((option): SocketOption => [SOL_SOCKET, option]),
  // INFO CONGESTION
  ...[11, 13].map((option): SocketOption => [IPPROTO_TCP, option]),
];

/**
 * Allowed requests of `ioctl`: for terminals, descriptors and network interfaces. Left out: TIOCSTI and TIOCLINUX, with
 * which a program can type into another's terminal; TIOCSETD, which loads kernel modules; TIOCSCTTY, which is not
 * needed because opening a terminal makes it the controlling one; SIOCGIFCONF, which takes a lock of the host's whole
 * network; and requests to file systems and devices, which would reach the host's (syncing, defragmenting, keys).
 */
export const DEVICE_REQUESTS = [
  // TCGETS TCSETS TCSETSW TCSETSF TCSBRK TCXONC TCFLSH TIOCGPGRP TIOCSPGRP TIOCOUTQ TIOCGWINSZ TIOCSWINSZ FIONREAD
  // FIONBIO TIOCGSID FIONCLEX FIOCLEX
  ...[
    0x5401, 0x5402, 0x5403, 0x5404, 0x5409, 0x540a, 0x540b, 0x540f, 0x5410, 0x5411, 0x5413, 0x5414, 0x541b, 0x5421,
    0x5429, 0x5450, 0x5451,
  ],
  // TCGETS2 TCSETS2 TCSETSW2 TCSETSF2
  ...[0x802c_542a, 0x402c_542b, 0x402c_542c, 0x402c_542d],
  // TIOCGPTN TIOCSPTLCK, for the agent's end of a pseudo-terminal
  ...[0x8004_5430, 0x4004_5431],
  // SIOCATMARK SIOCGIFNAME SIOCGIFFLAGS SIOCGIFADDR SIOCGIFBRDADDR SIOCGIFNETMASK SIOCGIFMTU SIOCGIFHWADDR SIOCGIFINDEX
  ...[0x8905, 0x8910, 0x8913, 0x8915, 0x8919, 0x891b, 0x8921, 0x8927, 0x8933],
];

/**
 * Allowed commands of `fcntl`: F_DUPFD F_GETFD F_SETFD F_GETFL F_GETLK F_SETLK F_SETLKW F_SETOWN F_GETOWN, the OFD
 * locks, DUPFD_CLOEXEC, pipe sizes, seals. F_SETFL has its own rule. Left out: F_NOTIFY and F_SETLEASE, which reveal
 * what others do with a shared file.
 */
export const DESCRIPTOR_COMMANDS = [0, 1, 2, 3, 5, 6, 7, 8, 9, 36, 37, 38, 1030, 1031, 1032, 1033, 1034];

/**
 * Allowed options of `prctl`: PDEATHSIG, dumpable, names, CAPBSET_READ, seccomp, timer slack, subreaper, no_new_privs,
 * huge pages, for reading and most of them for setting. The agent needs PR_SET_SECCOMP for the readers' additional
 * filter, which then denies it to them. Left out: PR_SET_VMA, whose names are charged to no container.
 */
export const PROCESS_OPTIONS = [1, 2, 3, 4, 15, 16, 21, 22, 23, 29, 30, 36, 37, 38, 39, 42];

/**
 * Allowed advice of `madvise`: from MADV_NORMAL to DONTNEED, FREE to DOFORK, HUGEPAGE to KEEPONFORK, both POPULATEs,
 * COLLAPSE. Left out: MADV_MERGEABLE, because merged pages reveal to one sandbox what is in another's memory, and their
 * lists are charged to no container.
 */
export const MEMORY_ADVICE = [0, 1, 2, 3, 4, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19, 22, 23, 25];

/**
 * Allowed advice of `fadvise64`: all but POSIX_FADV_DONTNEED (4), which evicts files that others need from the cache.
 */
export const FILE_ADVICE = [0, 1, 2, 3, 5];
