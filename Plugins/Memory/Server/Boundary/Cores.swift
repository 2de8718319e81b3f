import Glibc

/// The processors this machine has.
enum Cores {
    static let available = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
