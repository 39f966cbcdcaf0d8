/* What sample_board.h declares. */
#include "sample_board.h"

#include "check.h"

#include <stdlib.h>

/* A row of the screen; PIXEL says which are dark. */
static uint64_t
sample_lcd(struct sample *s, const char *node, uint64_t cause, unsigned row,
    const char *text, bool (*pixel)(unsigned x, unsigned y))
{
	struct buf bits = BUF_INIT, digits = BUF_INIT, json = BUF_INIT;
	uint64_t seq;

	for (unsigned y = 0; y < 16; y++)
		for (unsigned x = 0; x < 160; x += 8) {
			unsigned byte = 0;

			for (unsigned i = 0; i < 8; i++)
				byte |= (unsigned)pixel(x + i, y) << (7 - i);
			buf_putc(&bits, (char)byte);
		}
	json_put_base64(&digits, buf_view(&bits));
	json_put_str(&json, str_of(text));
	seq = sample_rec(s, "board", node, cause, NULL,
	    ",'what':'lcd','text':%s,'row':%u,'width':160,'height':128,"
	    "'pixels':'%s'",
	    buf_cstr(&json), row, buf_cstr(&digits));
	buf_free(&bits);
	buf_free(&digits);
	buf_free(&json);
	return seq;
}

static bool
sample_no_dot(unsigned x, unsigned y)
{
	(void)x;
	(void)y;
	return false;
}

static bool
sample_all_dots(unsigned x, unsigned y)
{
	return !sample_no_dot(x, y);
}

/* One in the upper left corner of a cell's 4 × 8 pixels, from the 8th cell on.
 */
static bool
sample_some_dots(unsigned x, unsigned y)
{
	return x >= 64 && x < 96 && x % 8 < 4 && y < 8;
}

static uint64_t
sample_cycles(struct sample *s, const char *node, uint64_t cause,
    unsigned count, unsigned ns)
{
	return sample_rec(s, "board", node, cause, NULL,
	    ",'what':'cycles','count':%u,'ns':%u,'phases':{'other':%u,"
	    "'parse':%u,'machine':%u,'build':%u},'top':[['_malloc_r',%u],"
	    "['strlen',%u]],'ram':67108864,'image':341200,'heap':31200,"
	    "'stack':2100," SAMPLE_PROCESSOR,
	    count, ns, count / 5, count * 43 / 100, count * 14 / 100,
	    count * 22 / 100, count / 10, count * 8 / 100, "hal_wait+0x1c");
}

struct trace *
sample_board(void)
{
	struct sample s;
	struct diag d = DIAG_INIT;
	struct trace *t;

	sample_begin(&s, "A handset by hand");
	sample_node(&s, "bob", "ua", "a", "");
	sample_node(&s, "phone", "handset", "a", "Phone");
	sample_rec(&s, "act", NULL, 0, NULL,
	    ",'by':'config','verb':'start','on':'run'");
	s.t = MS;
	sample_rec(&s, "board", "phone", BOARD_START, NULL,
	    ",'what':'uart','text':'S3C2410A 203 MHz'");
	sample_lcd(&s, "phone", BOARD_START, 0, " Registered", sample_all_dots);
	sample_lcd(&s, "phone", BOARD_START, 2,
	    "  Hello \xe4\xbd\xa0\xe5\xa5\xbd", sample_no_dot);
	sample_lcd(&s, "phone", BOARD_START, 3, "", sample_some_dots);
	s.t = 1000 * MS;
	sample_rec(&s, "act", "phone", 0, NULL,
	    ",'by':'person','verb':'press','on':'phone','args':{'keys':'5'}");
	sample_rec(&s, "board", "phone", BOARD_PRESS, NULL,
	    ",'what':'key','text':'5'");
	s.t = 1021 * MS;
	sample_cycles(&s, "phone", BOARD_KEY, 1000, 7389);
	s.t = 2000 * MS;
	sample_send(&s, "bob", "phone", "INVITE", "INVITE", false, BOARD_START,
	    NULL, 0, 0);
	s.t = 2010 * MS;
	sample_rec(
	    &s, "recv", "phone", BOARD_INVITE, NULL, ",'of':%u", BOARD_INVITE);
	s.t = 2011 * MS;
	sample_rec(&s, "fsm", "phone", BOARD_RECV, NULL,
	    ",'machine':'IST','id':'z9hG4bK-bob-1','from':'none',"
	    "'to':'proceeding','event':'request'");
	sample_rec(&s, "call", "phone", BOARD_FSM, NULL,
	    ",'id':'phone/1','from':'idle','state':'proceeding',"
	    "'peer':'sip:bob@a'");
	s.t += 73793;
	sample_cycles(&s, "phone", BOARD_FSM, 145320, 1073793);
	sample_send(&s, "phone", "bob", "180 Ringing", "INVITE", false,
	    BOARD_CYCLES, NULL, 0, 0);
	s.t = 3000 * MS;
	sample_cycles(&s, "phone", BOARD_CYCLES, 500, 3695);
	sample_rec(&s, "board", "phone", BOARD_WORK, NULL,
	    ",'what':'fault','text':'data abort','fault':'read',"
	    "'address':3735928559," SAMPLE_PROCESSOR,
	    "sdp_answer+0x10");
	s.t = 4000 * MS;
	sample_rec(&s, "act", "phone", 0, NULL,
	    ",'by':'person','verb':'restart','on':'phone'");
	s.t = 4001 * MS;
	sample_rec(&s, "board", "phone", BOARD_RESTART, NULL,
	    ",'what':'uart','text':'again'");
	s.t = 8000 * MS;
	sample_rec(
	    &s, "board", "phone", BOARD_UART_2, NULL, ",'what':'watchdog'");
	s.t = 9000 * MS;
	sample_rec(
	    &s, "end", NULL, BOARD_WATCHDOG, NULL, ",'reason':'duration'");
	if (trace_load_buf(&t, &s.b, "board", &d) != 0)
		printf("  %s\n", d.text);
	return t;
}
