# A student's program that tries what it may not: tests/cli/cli_box.sh, which puts
# what it needs to know into GIVEN.  Each deed is done, or refused; the last line
# on standard error tells which were done.
import ctypes
import fcntl
import os
import resource
import socket
import subprocess
import sys
import time

GIVEN = {}
libc = ctypes.CDLL(None, use_errno=True)


def call(*args):
    if libc.syscall(*args) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return True


def others():
    mine = {os.getpid(), os.getppid()}
    return [p for p in os.listdir("/proc") if p.isdigit() and int(p) not in mine]


def read(path):
    with open(path, "rb") as f:
        return len(f.read(64)) > 0


def write(path, text="changed\n"):
    with open(path, "a") as f:
        f.write(text)
    return True


def parents_words():
    words = b""
    for p in {os.getppid(), 1}:
        with open(f"/proc/{p}/cmdline", "rb") as f:
            words += f.read()
    return b"check" in words


def has_other_files():
    return [n for n in os.listdir("/proc/self/fd") if int(n) > 2 and os.path.exists(f"/proc/self/fd/{n}")]


def by_link():
    link = f"/tmp/link-{os.getpid()}"
    os.symlink(GIVEN["classmate"], link)
    try:
        return read(link)
    finally:
        os.unlink(link)


def fill():
    name = f"/tmp/fill-{GIVEN['mark']}"
    try:
        with open(name, "wb") as f:
            for _ in range(80):
                f.write(bytes(1 << 20))
        return True
    finally:
        os.unlink(name)


def many_files():
    for i in range(20000):
        with open(f"/tmp/many-{GIVEN['mark']}-{i}", "w"):
            pass
    return True


def forks():
    children = []
    try:
        for _ in range(200):
            p = os.fork()
            if p == 0:
                time.sleep(20)
                os._exit(0)
            children.append(p)
        return True
    finally:
        for p in children:
            os.kill(p, 9)
        for p in children:
            os.waitpid(p, 0)


def eat():
    return len(bytearray(2 << 30)) > 0


# What would take memory that no bound of a process counts.
def in_memory():
    fd = os.memfd_create("rung")
    os.close(fd)
    return True


# Who else opens a program of the system's.
def watches():
    fd = libc.inotify_init1(0)
    try:
        return fd >= 0 and libc.inotify_add_watch(fd, b"/usr/bin", 0x20) > 0
    finally:
        os.close(fd)


def opens(path):
    os.close(os.open(path, os.O_WRONLY))
    return True


def shared():
    at = libc.shmget(0, 4096, 0o600)
    return at >= 0 and libc.shmctl(at, 0, None) == 0


def open_many():
    files = []
    try:
        for _ in range(200):
            files.append(os.open("/dev/null", os.O_RDONLY))
        return True
    finally:
        for f in files:
            os.close(f)


def connect():
    with socket.create_connection(("127.0.0.1", GIVEN["port"]), 2):
        return True


def datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        return s.sendto(b"x", ("127.0.0.1", GIVEN["port"])) > 0


def listen():
    with socket.socket(socket.AF_INET6) as s:
        s.bind(("::1", 0))
        s.listen()
        return True


def local(name):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(name)
        return True


def kind(family, how):
    with socket.socket(family, how):
        return True


def in_namespace(flags):
    child = os.fork()
    if child == 0:
        os._exit(0 if libc.unshare(flags) == 0 else 1)
    return os.waitpid(child, 0)[1] == 0


def remount():
    # MS_REMOUNT | MS_BIND, without MS_RDONLY.
    if libc.mount(None, os.getcwd().encode(), None, 32 | 4096, None) != 0:
        raise OSError(ctypes.get_errno(), "refused")
    return write("own.txt")


def mount():
    if libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) != 0:
        raise OSError(ctypes.get_errno(), "refused")
    return libc.umount(b"/tmp") == 0


def chroot():
    child = os.fork()
    if child == 0:
        try:
            os.chroot("/tmp")
            os._exit(0)
        except OSError:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def traced():
    # PTRACE_ATTACH
    call(101, 16, GIVEN["victim"], 0, 0)
    os.waitpid(GIVEN["victim"], 0)
    return call(101, 17, GIVEN["victim"], 0, 0)


def parents_memory():
    with open(f"/proc/{os.getppid()}/maps") as f:
        at = int(f.readline().split("-")[0], 16)
    with open(f"/proc/{os.getppid()}/mem", "rb") as f:
        f.seek(at)
        return len(f.read(16)) > 0


def root():
    os.setuid(0)
    return os.getuid() == 0 and read("/etc/shadow")


def outlive(*, setsid, forks):
    for i in range(forks):
        if os.fork() > 0:
            if i == 0:
                os.wait() if forks > 1 else None
                return True
            os._exit(0)
        if setsid and i == 0:
            os.setsid()
    null = os.open("/dev/null", os.O_RDWR)
    for fd in range(3):
        os.dup2(null, fd)
    os.execvp("sleep", ["sleep", GIVEN["sleep"]])


def ignores():
    subprocess.Popen(["sh", "-c", "trap '' TERM HUP; sleep " + GIVEN["sleep"]])
    return True


# What a file is for others: locked, watched by a signal, in memory.
def on_file(do):
    fd = os.open("/usr/bin/env", os.O_RDONLY)
    try:
        return do(fd)
    finally:
        os.close(fd)


def on_pipe(do):
    r, w = os.pipe()
    try:
        return do(r)
    finally:
        os.close(r), os.close(w)


def requests():
    context = ctypes.c_ulong(0)
    return call(206, 4096, ctypes.byref(context)) and call(207, context)


HOME = lambda: GIVEN["home"]
MATE = lambda: GIVEN["classmate"]
DEEDS = {
    "sees": {
        "parent": parents_words,
        "processes": others,
        "home": lambda: os.listdir(HOME()),
        "classmate": lambda: read(MATE()),
        "stat": lambda: os.stat(MATE()),
        "link": by_link,
        "passwd": lambda: len(open("/etc/passwd").readlines()) > 1,
        "keys": lambda: read(GIVEN["keys"]),
        "descriptors": has_other_files,
        "environment": lambda: GIVEN["secret"] in str(os.environ),
        "memory": parents_memory,
        "machine": lambda: os.listdir("/sys"),
        "watches": watches,
        "folder": lambda: fcntl.fcntl(os.open("/usr/bin", os.O_RDONLY), fcntl.F_NOTIFY, 1) == 0,
        "lease": lambda: on_file(lambda fd: fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)) == 0,
        "cached": lambda: on_file(lambda fd: os.preadv(fd, [bytearray(1)], 0, os.RWF_NOWAIT)) >= 0,
    },
    "changes": {
        "classmate": lambda: write(MATE()),
        "mode": lambda: os.chmod(MATE(), 0o600) or True,
        "times": lambda: os.utime(MATE(), (1, 1)) or True,
        "removes": lambda: os.unlink(MATE() + ".spare") or True,
        "moves": lambda: os.rename(MATE() + ".other", MATE() + ".moved") or True,
        "links": lambda: os.link(MATE(), MATE() + ".linked") or True,
        "kernel": lambda: opens("/proc/sys/kernel/core_pattern"),
        "terminal": lambda: opens("/dev/tty"),
        "priority": lambda: os.setpriority(os.PRIO_PROCESS, GIVEN["victim"], 10) or True,
        "own": lambda: write("own.txt"),
        "interpreter": lambda: write(os.path.join(sys.prefix, "lib", "rung-" + GIVEN["mark"])),
        "root": lambda: write("/rung-" + GIVEN["mark"]),
        "remount": remount,
        "mounts": mount,
        "chroot": chroot,
        "disk": fill,
        "files": many_files,
        "rights": root,
        "lock": lambda: on_file(lambda fd: fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)) is None,
        "syncs": lambda: call(306, 1),
        "name": lambda: socket.sethostname(socket.gethostname()) or True,
    },
    "starts": {
        "forks": forks,
        "memory": eat,
        "descriptors": open_many,
        "connects": connect,
        "datagram": datagram,
        "listens": listen,
        "abstract": lambda: local("\0" + GIVEN["socket"]),
        "socket": lambda: local(GIVEN["socket"]),
        "packets": lambda: kind(socket.AF_NETLINK, socket.SOCK_RAW),
        "vsock": lambda: kind(40, socket.SOCK_STREAM),
        "ptrace": traced,
        "kill": lambda: os.kill(GIVEN["victim"], 15) or True,
        "user namespace": lambda: in_namespace(0x10000000),
        "namespace": lambda: in_namespace(0x00020000),
        "keyctl": lambda: call(250, 0, -3, 1),
        "perf": lambda: call(298, bytes(128), 0, -1, -1, 0),
        "bpf": lambda: call(321, 0, (ctypes.c_uint32 * 32)(2, 4, 4, 1), 72),
        "userfaultfd": lambda: call(323, 1),
        "io_uring": lambda: call(425, 4, bytes(240)),
        "pidfd": lambda: os.close(os.pidfd_open(GIVEN["victim"])) or True,
        "memfd": in_memory,
        "shared": shared,
        "requests": requests,
        "inotify": lambda: libc.inotify_init1(0) >= 0,
        "pipe": lambda: on_pipe(lambda fd: fcntl.fcntl(fd, 1031, 1 << 20)) > 65536,
        "limit": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1)) or True,
    },
    "survives": {
        "child": lambda: outlive(setsid=False, forks=1),
        "setsid": lambda: outlive(setsid=True, forks=1),
        "twice": lambda: outlive(setsid=True, forks=2),
        "ignores": ignores,
        "file": lambda: write("/tmp/left-" + GIVEN["mark"]),
    },
}


def try_all():
    done = []
    for column, deeds in DEEDS.items():
        for name, deed in deeds.items():
            try:
                if deed():
                    done.append(f"{column[:2]}.{name}".replace(" ", "-"))
            except (OSError, MemoryError, ValueError):
                pass
    return done


sys.stdin.readline()
done = try_all()
time.sleep(0.3)
sys.exit("tried " + str(sum(map(len, DEEDS.values()))) + ", done: " + " ".join(done) + ";")
