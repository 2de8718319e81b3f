/// Work that goes on whether or not somebody waits for its answer.
final class Unattended: InFlight {
    func keepAlive() {}
    func connectionClosed() {}
}
