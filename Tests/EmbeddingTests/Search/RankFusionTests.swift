import Embedding
import Testing

@Suite("Rank fusion")
struct RankFusionTests {
    @Test("what stands in both lists comes before what stands at the top of one")
    func both() {
        let places = RankFusion.join([([1, 2, 3], 1), ([4, 2, 5], 1)])
        #expect(places.map(\.id) == [2, 1, 4, 3, 5])
        #expect(abs(places[0].score - 2 / 32) < 1e-12)
    }

    @Test("equal places are ordered by number, and weights count")
    func ties() {
        #expect(RankFusion.join([([9], 1), ([3], 1)]).map(\.id) == [3, 9])
        #expect(RankFusion.join([([9], 2), ([3], 1)]).map(\.id) == [9, 3])
        #expect(RankFusion.join([]).isEmpty)
    }
}
