/// What of the system a confined plugin may read: enough for libraries, text, time and certificates, and nothing of users.
enum SystemPaths {
    /// Libraries, and how they are found.
    static let libraries = [
        "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib",
        "/usr/local/lib64",
    ]

    /// What libraries read about the machine, languages, times and certificates.
    static let readable = [
        "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ld.so.preload", "/usr/share/locale",
        "/etc/localtime", "/etc/timezone", "/usr/share/zoneinfo", "/etc/ssl/certs", "/etc/ssl/cert.pem",
        "/etc/ssl/openssl.cnf", "/etc/ca-certificates", "/usr/share/ca-certificates",
        "/usr/local/share/ca-certificates", "/etc/pki/tls/certs", "/etc/pki/ca-trust", "/dev/random",
        "/dev/urandom", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
        "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu", "/sys/devices/system/node",
        "/sys/kernel/mm/transparent_hugepage",
    ]

    /// What swallows or gives nothing.
    static let writable = ["/dev/null", "/dev/zero", "/dev/full"]

    /// How names become addresses: for those with sockets of their own.
    static let network = [
        "/etc/hosts", "/etc/host.conf", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/gai.conf",
        "/etc/services", "/etc/protocols",
    ]

    /// Programs, and what they read: for those that may start them.
    static let programs = [
        "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/usr/libexec",
        "/usr/local/libexec", "/usr/share", "/etc/alternatives",
    ]
}
