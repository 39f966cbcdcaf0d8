/* Descriptions that pass a controller, hostile or too long ones.  What it does:
 * controller.case. */
#include "fixtures/stage.h"

#include "pair/pair_sdp.h"

static void
hostile_texts(void)
{
	static const char *const texts[] = { "", "v=0", "m=", "m=\r\nm=\r\n",
		"m=audio", "v=0\r\nm=audio 1 RTP/AVP 0", "o=\no=\no=\n",
		"\n\n\n", "m=audio 1\nm=audio 2\nm=audio 3\n" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct pair_sdp sdp = { .addr = {
					    stage_addr(3), stage_addr(3) } };
		struct pair_sdp_way way = { .offer = str_of(texts[5]) };
		struct buf out = BUF_INIT;

		CU_ASSERT_EQUAL(pair_sdp_hear(&sdp, 0, str_of(texts[i])), 0);
		way.offers = i % 2 == 0;
		pair_sdp_pass(&sdp, 1, str_of(texts[i]), &way, &out);
		way.transcodes = true;
		pair_sdp_pass(&sdp, 1, str_of(texts[i]), &way, &out);
		pair_sdp_empty(&sdp, 0, &out);
		pair_sdp_hole(&sdp, 0, str_of(texts[i]), &out);
		CU_ASSERT_EQUAL(out.err, 0);
		buf_free(&out);
		pair_sdp_free(&sdp);
	}
}

static void
too_many_streams(void)
{
	struct pair_sdp sdp = { .addr = { stage_addr(3), stage_addr(3) } };
	struct buf text = BUF_INIT;

	buf_puts(&text, "v=0\r\n");
	for (int i = 0; i <= PAIR_STREAMS; i++)
		buf_printf(&text, "m=audio %d RTP/AVP 0\r\n", 4000 + i);
	CU_ASSERT_EQUAL(pair_sdp_hear(&sdp, 0, buf_view(&text)), ERR_LIMIT);
	buf_free(&text);
	pair_sdp_free(&sdp);
}

CHECK_MAIN("controller", { "hostile texts", hostile_texts },
    { "too many streams", too_many_streams })
