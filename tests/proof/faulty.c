/* Makes one call fail that touches a file below a folder: the FAULT_AT-th of them, or every one from there on.
 *
 * FAULT_UNDER  the folder; a path that is not absolute counts as below it
 * FAULT_AT     which call
 * FAULT_EVER   set: every later one, too
 * FAULT_TELL   a file elsewhere that gets the name of the call that failed first
 *
 * Renaming is reached without the C library by some programs, so the kernel is asked to hand those calls over. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#define FILES 4096
#define OURS 0x46414c54 /* A sixth argument that says: let it pass. */

static const char *under, *tell;
static long at, seen;
static int ever;
static char watched[FILES];

static int below(const char *path) { return path && under && (path[0] != '/' || strncmp(path, under, strlen(under)) == 0); }
static int on(int fd) { return fd >= 0 && fd < FILES && watched[fd]; }

static int fails(int concerned, const char *call) {
    if (!under || !concerned) return 0;
    long now = __atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST);
    if (now != at && !(ever && now > at)) return 0;
    if (now == at) {
        long fd = syscall(SYS_openat, AT_FDCWD, tell, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        if (fd >= 0) {
            syscall(SYS_write, fd, call, strlen(call));
            syscall(SYS_close, fd);
        }
    }
    errno = EIO;
    return 1;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int opened(int fd, const char *path) {
    if (fd >= 0 && fd < FILES) watched[fd] = below(path);
    return fd;
}

#define MODE                                  \
    mode_t mode = 0;                          \
    if (flags & (O_CREAT | __O_TMPFILE)) {    \
        va_list list;                         \
        va_start(list, flags);                \
        mode = va_arg(list, mode_t);          \
        va_end(list);                         \
    }

int open(const char *path, int flags, ...) { MODE return fails(below(path), "open") ? -1 : opened(NEXT(open)(path, flags, mode), path); }
int open64(const char *path, int flags, ...) { MODE return fails(below(path), "open") ? -1 : opened(NEXT(open64)(path, flags, mode), path); }
int openat(int in, const char *path, int flags, ...) { MODE return fails(below(path), "open") ? -1 : opened(NEXT(openat)(in, path, flags, mode), path); }
int openat64(int in, const char *path, int flags, ...) { MODE return fails(below(path), "open") ? -1 : opened(NEXT(openat64)(in, path, flags, mode), path); }
ssize_t read(int fd, void *to, size_t n) { return fails(on(fd), "read") ? -1 : NEXT(read)(fd, to, n); }
ssize_t readv(int fd, const struct iovec *to, int n) { return fails(on(fd), "read") ? -1 : NEXT(readv)(fd, to, n); }
ssize_t pread64(int fd, void *to, size_t n, off64_t from) { return fails(on(fd), "read") ? -1 : NEXT(pread64)(fd, to, n, from); }
ssize_t write(int fd, const void *from, size_t n) { return fails(on(fd), "write") ? -1 : NEXT(write)(fd, from, n); }
ssize_t writev(int fd, const struct iovec *from, int n) { return fails(on(fd), "write") ? -1 : NEXT(writev)(fd, from, n); }
ssize_t pwrite64(int fd, const void *from, size_t n, off64_t to) { return fails(on(fd), "write") ? -1 : NEXT(pwrite64)(fd, from, n, to); }
int fsync(int fd) { return fails(on(fd), "fsync") ? -1 : NEXT(fsync)(fd); }
int fdatasync(int fd) { return fails(on(fd), "fdatasync") ? -1 : NEXT(fdatasync)(fd); }
int ftruncate64(int fd, off64_t n) { return fails(on(fd), "ftruncate") ? -1 : NEXT(ftruncate64)(fd, n); }
int rename(const char *from, const char *to) { return fails(below(from), "rename") ? -1 : NEXT(rename)(from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) { return fails(below(from), "link") ? -1 : NEXT(linkat)(a, from, b, to, flags); }
int unlink(const char *path) { return fails(below(path), "unlink") ? -1 : NEXT(unlink)(path); }
int unlinkat(int in, const char *path, int flags) { return fails(below(path), "unlink") ? -1 : NEXT(unlinkat)(in, path, flags); }
int mkdir(const char *path, mode_t mode) { return fails(below(path), "mkdir") ? -1 : NEXT(mkdir)(path, mode); }
ssize_t sendfile64(int to, int from, off64_t *at, size_t n) { return fails(on(to) || on(from), "sendfile") ? -1 : NEXT(sendfile64)(to, from, at, n); }
ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t n, unsigned flags) {
    return fails(on(to) || on(from), "copy_file_range") ? -1 : NEXT(copy_file_range)(from, a, to, b, n, flags);
}

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#define NUMBER(c) ((c)->uc_mcontext.gregs[REG_RAX])
#define RESULT(c) ((c)->uc_mcontext.gregs[REG_RAX])
#define A0(c) ((c)->uc_mcontext.gregs[REG_RDI])
#define A1(c) ((c)->uc_mcontext.gregs[REG_RSI])
#define A2(c) ((c)->uc_mcontext.gregs[REG_RDX])
#define A3(c) ((c)->uc_mcontext.gregs[REG_R10])
#define A4(c) ((c)->uc_mcontext.gregs[REG_R8])
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#define NUMBER(c) ((c)->uc_mcontext.regs[8])
#define RESULT(c) ((c)->uc_mcontext.regs[0])
#define A0(c) ((c)->uc_mcontext.regs[0])
#define A1(c) ((c)->uc_mcontext.regs[1])
#define A2(c) ((c)->uc_mcontext.regs[2])
#define A3(c) ((c)->uc_mcontext.regs[3])
#define A4(c) ((c)->uc_mcontext.regs[4])
#endif

#ifdef ARCH
static void renaming(int signal, siginfo_t *what, void *context) {
    (void)signal;
    int before = errno;
    ucontext_t *c = context;
    long flags = what->si_syscall == SYS_renameat2 ? (long)A4(c) : 0;
    long done = -1;
    if (!fails(below((const char *)A1(c)), "rename"))
        done = syscall(SYS_renameat2, A0(c), A1(c), A2(c), A3(c), flags, (long)OURS);
    RESULT(c) = done < 0 ? -errno : done;
    errno = before;
}

static void hand_over(void) {
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 0, 6),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OURS, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof rules / sizeof *rules, rules};
    struct sigaction handler = {0};
    handler.sa_sigaction = renaming;
    handler.sa_flags = SA_SIGINFO | SA_NODEFER;
    sigaction(SIGSYS, &handler, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#else
static void hand_over(void) {}
#endif

__attribute__((constructor)) static void begin(void) {
    const char *which = getenv("FAULT_AT");
    tell = getenv("FAULT_TELL");
    ever = getenv("FAULT_EVER") != 0;
    if (!which || !tell) return;
    at = atol(which);
    under = getenv("FAULT_UNDER");
    hand_over();
}
