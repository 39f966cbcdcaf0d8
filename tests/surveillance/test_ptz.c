/* What cameras are told to do (GB/T 28181 A.3): read and written, in Lua, too.
 */
#include "fixtures/check.h"

#include "script/sandbox.h"
#include "surveillance/ptz.h"

#include <string.h>

#define CAMERA "33010600001320000007"

/* What PTZCmd TEXT does, or why it is none. */
static const char *
turn(const char *text)
{
	static char said[200];
	struct ptz p;
	enum ptz_fault fault = ptz_read(str_of(text), &p);
	const char *word;
	size_t n = 0;
	unsigned number;

	if (fault != PTZ_FAULT_NONE)
		return ptz_fault_words(fault);
	said[0] = '\0';
	for (size_t i = 0; (word = ptz_part(&p, i, &number)) != NULL; i++)
		n += (size_t)snprintf(said + n, sizeof(said) - n, "%s%s %u",
		    n > 0 ? ", " : "", word, number);
	return said;
}

static void
cameras_turn(void)
{
	static const struct {
		const char *text, *does;
	} rows[] = {
		{ "A50F0101400000F6", "right 64" },
		{ "A50F0108003000ED", "up 48" },
		{ "A50F011000007035", "in 7" },
		{ "A50F0129403070BE", "right 64, up 48, out 7" },
		{ "A50F0100000000B5", "" },
		{ "A50F014220000017", "near 32" },
		{ "A50F01820005003C", "call 5" },
		{ "A50F01840105003F", "add_point 5" },
		{ "A50F01890100003F", "scan 1" },
		{ "A50F018C01000042", "on 1" },
		{ "a50f018c01000042", "on 1" },
		{ "A50F0108003000EE",
		    "Its last octet is not the sum of the others." },
		{ "A60F0108003000EE", "It does not begin with A5." },
		{ "A51F0108003000FD", "Its second octet is not 0F." },
		{ "A50F0108003000E", "It is not 16 hexadecimal digits." },
		/* left and right */
		{ "A50F0103000000B8", "The standard has no such command." },
		{ "A50F018000000035", "The standard has no such command." },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_STRING_EQUAL(turn(rows[i].text), rows[i].does);
}

/* Each command of an octet that is read is written as the same. */
static void
turns_written(void)
{
	unsigned good = 0;

	for (unsigned command = 0; command < 256; command++) {
		struct ptz p = { .command = (unsigned char)command,
			.data1 = 3,
			.data2 = 4,
			.data3 = 5,
			.address = 0x101 };
		struct ptz q = { .address = 0x101,
			.data1 = 3,
			.data2 = 4,
			.data3 = 5 },
			   r;
		struct buf b = BUF_INIT, again = BUF_INIT;
		const char *word;
		unsigned n;

		ptz_write(&p, &b);
		if (ptz_read(buf_view(&b), &r) == PTZ_FAULT_NONE) {
			good++;
			for (size_t i = 0; (word = ptz_part(&r, i, &n)) != NULL;
			     i++)
				CU_ASSERT(ptz_put(&q, str_of(word), n));
			q.command |= command == 0x40 ? 0x40 : 0;
			ptz_write(&q, &again);
			CU_ASSERT(str_eq(buf_view(&b), buf_view(&again)));
		}
		buf_free(&b);
		buf_free(&again);
	}
	/* 3 · 3 · 3 ways to turn, 3 · 3 of the lens, 12 of their own. */
	CU_ASSERT_EQUAL(good, 27 + 9 + 12);
}

static int
bind_ptz(lua_State *L)
{
	sandbox_bind_surveillance(L);
	return 0;
}

/* TEXT, in which assert says what must be; the sentence of what went wrong. */
static const char *
run_lua(const char *text)
{
	static struct diag d;
	struct sandbox *sb;

	d = DIAG_INIT;
	CU_ASSERT_EQUAL_FATAL(sandbox_create(&sb, NULL, NULL), 0);
	CU_ASSERT_EQUAL(sandbox_protect(sb, bind_ptz, NULL, &d), 0);
	if (sandbox_load(sb, str_of(text), "test.lua", &d) == 0)
		d.text[0] = '\0';
	sandbox_destroy(sb);
	return d.text;
}

static void
turned_in_lua(void)
{
	CU_ASSERT_STRING_EQUAL(
	    run_lua(
		"assert(gb28181.ptz { right = 41 } == "
		"'A50F0101290000DF')\n"
		"assert(gb28181.ptz {} == 'A50F0100000000B5')\n"
		"assert(gb28181.ptz { add_point = 5, group = 1 } == "
		"'A50F01840105003F')\n"
		"local t = gb28181.ptz 'A50F0129403070BE'\n"
		"assert(t.right == 64 and t.up == 48 and t.out == 7)\n"
		"local none, why = gb28181.ptz 'A50F0129403070BF'\n"
		"assert(none == nil and why:find 'octet')\n"
		"local r = gb28181.control 'PLAY RTSP/1.0\\r\\nCSeq: 4\\r\\n"
		"Scale: 2\\r\\n'\n"
		"assert(r.method == 'PLAY' and r.CSeq == '4')\n"
		"assert(r.Scale == '2')\n"
		"r = gb28181.control 'RTSP/1.0 200 OK\\r\\nCSeq: 4\\r\\n'\n"
		"assert(r.status == 200 and r.method == nil)\n"
		"none, why = gb28181.control 'PLAY'\n"
		"assert(none == nil and why)\n"),
	    "");
}

CHECK_MAIN("ptz", { "cameras turn", cameras_turn },
    { "turns written", turns_written }, { "turned in Lua", turned_in_lua })
