/* The tests' board. */
#include "firmware_hal.h"

#include "firmware/phone/font.h"
#include "firmware/phone/phone_in.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define MTU 1500

struct world world;

static uint8_t lcd[HAL_LCD_STRIDE * HAL_LCD_H];

/* ---- what waits for the phone ---- */

#define QUEUE 64
static struct {
	uint8_t bytes[HAL_FRAME_MAX];
	size_t n;
	uint32_t cause;
} frames[QUEUE];
static size_t frames_first, frames_n;

static enum hal_key keys[QUEUE];
static size_t keys_first, keys_n;

/* ---- time ---- */

int osip_gettimeofday(struct timeval *tp, void *tz);

/* libosip2's clock is the board's. */
int
osip_gettimeofday(struct timeval *tp, void *tz)
{
	(void)tz;
	tp->tv_sec = (time_t)(world.now_us / 1000000);
	tp->tv_usec = (suseconds_t)(world.now_us % 1000000);
	return 0;
}

uint64_t
hal_now_us(void)
{
	return world.now_us;
}

uint32_t
hal_clock_s(void)
{
	return WORLD_CLOCK + (uint32_t)(world.now_us / 1000000);
}

void
hal_wait(uint64_t until_us)
{
	world.now_us = until_us;
}

void
hal_watchdog(void)
{
}

/* ---- Ethernet ---- */

static const uint8_t own_mac[6] = { 2, 0, 0, 0, 0, 4 };
static const uint8_t gw_mac[6] = { 2, 0, 0, 0, 0, 254 };

const uint8_t *
hal_mac(void)
{
	return own_mac;
}

size_t
hal_frame_receive(uint8_t frame[HAL_FRAME_MAX])
{
	size_t n;

	if (frames_n == 0)
		return 0;
	n = frames[frames_first].n;
	memcpy(frame, frames[frames_first].bytes, n);
	world.cause = frames[frames_first].cause;
	frames_first = (frames_first + 1) % QUEUE;
	frames_n--;
	return n;
}

static void
give_frame(const uint8_t *frame, size_t n)
{
	size_t at = (frames_first + frames_n) % QUEUE;

	if (frames_n == QUEUE)
		abort();
	memcpy(frames[at].bytes, frame, n);
	frames[at].n = n;
	frames[at].cause = ++world.causes;
	frames_n++;
}

static uint32_t
get16(const uint8_t *p)
{
	return (uint32_t)(p[0] << 8 | p[1]);
}

static uint32_t
get32(const uint8_t *p)
{
	return get16(p) << 16 | get16(p + 2);
}

static void
put16(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static void
put32(uint8_t *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v & 0xFFFF);
}

static void
answer_arp(const uint8_t *f)
{
	uint8_t reply[60] = { 0 };

	if (get16(f + 20) != 1)
		return;
	memcpy(reply, f + 6, 6);
	memcpy(reply + 6, gw_mac, 6);
	memcpy(reply + 12, f + 12, 10); /* type, and ARP up to its operation */
	put16(reply + 20, 2);
	memcpy(reply + 22, gw_mac, 6);
	memcpy(reply + 28, f + 38, 4);
	memcpy(reply + 32, f + 22, 10);
	give_frame(reply, sizeof(reply));
}

/* UDP's bytes of the datagram that is being put together. */
static uint8_t assembled[65536];

static void
record(uint32_t ip, const uint8_t *udp, size_t n)
{
	struct world_sent *s = &world.sent[world.nsent];

	if (world.nsent == WORLD_SENT || n < 8)
		abort();
	world.nsent++;
	s->t_us = world.now_us;
	s->cause = world.cause;
	s->ip = ip;
	s->from_port = (uint16_t)get16(udp);
	s->port = (uint16_t)get16(udp + 2);
	s->n = n - 8;
	s->bytes = calloc(1, s->n + 1);
	if (s->bytes == NULL)
		abort();
	memcpy(s->bytes, udp + 8, s->n);
}

bool
hal_frame_send(const uint8_t *f, size_t n)
{
	size_t head, total, offset;

	if (n < 34 || world.deaf)
		return true;
	if (get16(f + 12) == 0x0806)
		answer_arp(f);
	head = 4u * (f[14] & 15);
	if (get16(f + 12) == 0x0800 && f[23] == 6 && world.segment != NULL)
		world.segment(
		    get32(f + 30), f + 14 + head, get16(f + 16) - head);
	if (get16(f + 12) != 0x0800 || f[23] != 17)
		return true;
	total = get16(f + 16);
	offset = 8 * (get16(f + 20) & 0x1FFF);
	if (total > n - 14 || total < head)
		abort();
	memcpy(assembled + offset, f + 14 + head, total - head);
	if ((get16(f + 20) & 0x2000) == 0)
		record(get32(f + 30), assembled, offset + total - head);
	return true;
}

static uint32_t
sum(const uint8_t *p, size_t n, uint32_t s)
{
	for (size_t i = 0; i < n; i++)
		s += i % 2 ? p[i] : (uint32_t)p[i] << 8;
	while (s >> 16)
		s = (s & 0xFFFF) + (s >> 16);
	return s;
}

void
world_datagram(
    uint32_t ip, uint16_t from_port, uint16_t port, const void *bytes, size_t n)
{
	static uint8_t udp[65536 + 8];
	static uint16_t id;
	size_t all = n + 8, room = (MTU - 20) / 8 * 8;

	put16(udp, from_port);
	put16(udp + 2, port);
	put16(udp + 4, (uint32_t)all);
	put16(udp + 6, 0); /* no checksum: RFC 768 */
	memcpy(udp + 8, bytes, n);
	id++;
	for (size_t at = 0; at < all; at += room) {
		size_t part = all - at < room ? all - at : room;
		uint8_t f[HAL_FRAME_MAX] = { 0 };

		memcpy(f, own_mac, 6);
		memcpy(f + 6, gw_mac, 6);
		put16(f + 12, 0x0800);
		f[14] = 0x45;
		put16(f + 16, (uint32_t)part + 20);
		put16(f + 18, id);
		put16(f + 20,
		    (uint32_t)(at / 8) | (at + part < all ? 0x2000 : 0));
		f[22] = 64;
		f[23] = 17;
		put32(f + 26, ip);
		put32(f + 30, WORLD_PHONE);
		put16(f + 24, ~sum(f + 14, 20, 0) & 0xFFFF);
		memcpy(f + 34, udp + at, part);
		give_frame(f, part + 34 < 60 ? 60 : part + 34);
	}
}

void
world_segment(uint32_t ip, const struct world_segment *s)
{
	uint8_t f[HAL_FRAME_MAX] = { 0 }, pseudo[12] = { 0 };
	size_t n = 20 + s->n;

	memcpy(f, own_mac, 6);
	memcpy(f + 6, gw_mac, 6);
	put16(f + 12, 0x0800);
	f[14] = 0x45;
	put16(f + 16, (uint32_t)n + 20);
	f[22] = 64;
	f[23] = 6;
	put32(f + 26, ip);
	put32(f + 30, WORLD_PHONE);
	put16(f + 24, ~sum(f + 14, 20, 0) & 0xFFFF);
	put16(f + 34, s->from_port);
	put16(f + 36, s->port);
	put32(f + 38, s->seq);
	put32(f + 42, s->ack);
	f[46] = 5 << 4;
	f[47] = (uint8_t)s->flags;
	put16(f + 48, s->window);
	if (s->n > 0)
		memcpy(f + 54, s->bytes, s->n);
	memcpy(pseudo, f + 26, 8);
	pseudo[9] = 6;
	put16(pseudo + 10, (uint32_t)n);
	put16(f + 50, ~sum(f + 34, n, sum(pseudo, 12, 0)) & 0xFFFF);
	give_frame(f, n + 34 < 60 ? 60 : n + 34);
}

/* ---- keys ---- */

enum hal_key
hal_key(void)
{
	enum hal_key key = HAL_KEY_NONE;

	if (keys_n > 0) {
		key = keys[keys_first];
		keys_first = (keys_first + 1) % QUEUE;
		keys_n--;
		world.cause = ++world.causes;
	}
	return key;
}

static const struct {
	const char *name;
	enum hal_key key;
} names[] = {
	{ "soft1", HAL_KEY_SOFT1 },
	{ "soft2", HAL_KEY_SOFT2 },
	{ "up", HAL_KEY_UP },
	{ "down", HAL_KEY_DOWN },
	{ "call", HAL_KEY_CALL },
	{ "end", HAL_KEY_END },
	{ "clear", HAL_KEY_CLEAR },
	{ "ok", HAL_KEY_OK },
};

/* The key at *P, which moves on. */
static enum hal_key
named_key(const char **p)
{
	char c = *(*p)++;

	if (c >= '0' && c <= '9')
		return (enum hal_key)(HAL_KEY_0 + (c - '0'));
	if (c == '*' || c == '#')
		return c == '*' ? HAL_KEY_STAR : HAL_KEY_HASH;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = strlen(names[i].name);

		if (strncmp(*p, names[i].name, n) == 0 && (*p)[n] == '}') {
			*p += n + 1;
			return names[i].key;
		}
	}
	abort();
}

void
world_press(const char *p)
{
	while (*p != '\0') {
		keys[(keys_first + keys_n++) % QUEUE] = named_key(&p);
		world_run(100);
	}
}

/* ---- panel ---- */

uint8_t *
hal_lcd(void)
{
	return lcd;
}

void
hal_lcd_on(bool on)
{
	(void)on;
}

/* The glyph of WIDTH cells at ROW, COL, dark where INVERSE; NULL: none. */
static const struct font_glyph *
glyph_at(unsigned row, unsigned col, unsigned width, bool inverse)
{
	uint8_t rows[32], dark = inverse ? 0xFF : 0;

	for (unsigned y = 0; y < 16; y++)
		for (unsigned i = 0; i < width; i++)
			rows[y * width + i] =
			    lcd[(row * 16 + y) * HAL_LCD_STRIDE + col + i] ^
			    dark;
	for (uint32_t i = 0; i < font_count; i++)
		if (font_glyphs[i].width == 8 * width &&
		    memcmp(font_glyphs[i].rows, rows, (size_t)16 * width) == 0)
			return &font_glyphs[i];
	return NULL;
}

/* The glyph of two by two cells that are one twice as large. */
static const struct font_glyph *
big_at(unsigned row, unsigned col)
{
	uint8_t rows[16];

	for (unsigned y = 0; y < 16; y++) {
		const uint8_t *at =
		    lcd + (row * 16 + 2 * y) * HAL_LCD_STRIDE + col;
		unsigned bits = at[0] << 8 | at[1];

		if (memcmp(at, at + HAL_LCD_STRIDE, 2) != 0)
			return NULL;
		rows[y] = 0;
		for (unsigned x = 0; x < 8; x++) {
			unsigned pair = bits >> (14 - 2 * x) & 3;

			if (pair == 1 || pair == 2)
				return NULL;
			rows[y] = (uint8_t)(rows[y] << 1 | (pair & 1));
		}
	}
	for (uint32_t i = 0; i < font_count; i++)
		if (font_glyphs[i].width == 8 &&
		    memcmp(font_glyphs[i].rows, rows, 16) == 0)
			return &font_glyphs[i];
	return NULL;
}

static char *
put_utf8(char *p, unsigned code)
{
	if (code < 0x80) {
		*p++ = (char)code;
	} else if (code < 0x800) {
		*p++ = (char)(0xC0 | code >> 6);
		*p++ = (char)(0x80 | (code & 63));
	} else {
		*p++ = (char)(0xE0 | code >> 12);
		*p++ = (char)(0x80 | (code >> 6 & 63));
		*p++ = (char)(0x80 | (code & 63));
	}
	return p;
}

static char *
put_row(char *p, unsigned row, bool *big)
{
	bool inverse = lcd[row * 16 * HAL_LCD_STRIDE] & 0x80;
	const struct font_glyph *g;
	unsigned step;

	*p++ = inverse ? '[' : '|';
	for (unsigned col = 0; col < PANEL_COLS; col += step) {
		step = 1;
		g = glyph_at(row, col, 1, inverse);
		if (g == NULL && col + 1 < PANEL_COLS) {
			step = 2;
			g = glyph_at(row, col, 2, inverse);
			if (g == NULL && row + 1 < PANEL_ROWS &&
			    (g = big_at(row, col)) != NULL) {
				*p++ = (char)g->code;
				*p++ = ' ';
				big[col] = big[col + 1] = true;
				continue;
			}
		}
		if (g == NULL)
			step = 1;
		p = put_utf8(p, g != NULL ? g->code : big[col] ? ' ' : '?');
	}
	*p++ = inverse ? ']' : '|';
	*p++ = '\n';
	return p;
}

const char *
world_screen(void)
{
	static char text[PANEL_ROWS * (3 * PANEL_COLS + 4) + 1];
	bool big[PANEL_ROWS + 1][PANEL_COLS] = { { false } };
	char *p = text;

	for (unsigned row = 0; row < PANEL_ROWS; row++) {
		bool above[PANEL_COLS];

		memcpy(above, row > 0 ? big[row - 1] : big[PANEL_ROWS],
		    sizeof(above));
		memcpy(big[row], above, sizeof(above));
		p = put_row(p, row, big[row]);
	}
	*p = '\0';
	return text;
}

bool
world_shows(const char *text)
{
	return strstr(world_screen(), text) != NULL;
}

void
world_picture(const char *path)
{
	FILE *f = fopen(path, "wb");

	if (f == NULL)
		return;
	fprintf(f, "P4\n%d %d\n", HAL_LCD_W, HAL_LCD_H);
	fwrite(lcd, 1, sizeof(lcd), f);
	fclose(f);
}

/* ---- audio ---- */

void
hal_audio_start(void)
{
	world.audio_on = true;
	world.block_us = world.now_us + 20000;
	world.block_there = false;
}

void
hal_audio_stop(void)
{
	world.audio_on = false;
}

bool
hal_audio_read(int16_t block[HAL_AUDIO_BLOCK])
{
	if (!world.audio_on || !world.block_there)
		return false;
	world.block_there = false;
	for (unsigned i = 0; i < HAL_AUDIO_BLOCK; i++)
		block[i] = (int16_t)(i % 16 < 8 ? 8000 : -8000);
	return true;
}

bool
hal_audio_write(const int16_t block[HAL_AUDIO_BLOCK])
{
	static uint64_t last_us;
	static unsigned queued;

	if (!world.audio_on)
		return false;
	if (last_us != world.block_us)
		queued = 0;
	last_us = world.block_us;
	if (queued == 1)
		return false;
	queued++;
	world.blocks_out++;
	memcpy(world.last_out, block, sizeof(world.last_out));
	return true;
}

/* ---- the rest ---- */

const char *
hal_config(void)
{
	return world.config;
}

static void
keep(char **lines, size_t *n, const char *line)
{
	if (*n == WORLD_LINES)
		abort();
	lines[*n] = strdup(line);
	if (lines[(*n)++] == NULL)
		abort();
}

void
hal_log(const char *line)
{
	keep(world.logs, &world.nlogs, line);
}

void
hal_report(const char *line)
{
	keep(world.reports, &world.nreports, line);
}

bool
hal_was_reset(void)
{
	return world.was_reset;
}

_Noreturn void
hal_panic(const char *why)
{
	fprintf(stderr, "panic: %s\n", why);
	_Exit(97);
}

uint32_t
hal_cause(void)
{
	return world.cause;
}

void
hal_set_cause(uint32_t cause)
{
	world.cause = cause;
}

void
hal_hold(unsigned alive)
{
	world.hold = alive;
}

/* ---- the course of things ---- */

/* What the test itself had at the phone's start; records of what the phone did
 * count as the phone's. */
static size_t before_open;

static void
turn(void)
{
	size_t in_use;

	if (++world.turns % 1000000 == 0)
		abort(); /* it does not sleep */
	if (world.audio_on && world.now_us >= world.block_us) {
		world.block_there = true;
		world.block_us += 20000;
	}
	world.due_us = phone_step(world.phone);
	in_use = mallinfo2().uordblks - before_open;
	if (in_use > world.heap_most)
		world.heap_most = in_use;
}

void
world_run(uint64_t ms)
{
	uint64_t end = world.now_us + ms * 1000, next;

	turn();
	for (;;) {
		while (frames_n > 0 || keys_n > 0)
			turn();
		next = world.due_us;
		if (world.audio_on && world.block_us < next)
			next = world.block_us;
		if (next > end)
			break;
		if (next > world.now_us)
			world.now_us = next;
		turn();
	}
	world.now_us = end;
}

void
world_open(const char *config)
{
	bool was_reset = world.was_reset;

	memset(&world, 0, sizeof(world));
	world.was_reset = was_reset;
	world.config = config;
	frames_first = frames_n = keys_first = keys_n = 0;
	before_open = mallinfo2().uordblks;
	world.phone = phone_create();
}

void
world_forget(void)
{
	for (size_t i = 0; i < world.nsent; i++)
		free(world.sent[i].bytes);
	for (size_t i = 0; i < world.nreports; i++)
		free(world.reports[i]);
	for (size_t i = 0; i < world.nlogs; i++)
		free(world.logs[i]);
	world.nsent = world.seen = world.nreports = world.nlogs = 0;
}

void
world_close(void)
{
	phone_destroy(world.phone);
	world_forget();
	memset(&world, 0, sizeof(world));
}

void
world_sip_from(uint32_t ip, const char *text)
{
	world_datagram(ip, 5060, 5060, text, strlen(text));
	world_run(0);
}

void
world_sip(const char *text)
{
	world_sip_from(WORLD_PEER, text);
}

/* ---- what the phone did ---- */

static bool
begins(const struct world_sent *s, const char *start)
{
	return s->port != 0 && strncmp(s->bytes, start, strlen(start)) == 0;
}

const char *
world_take(const char *start)
{
	while (world.seen < world.nsent)
		if (begins(&world.sent[world.seen++], start))
			return world.sent[world.seen - 1].bytes;
	return NULL;
}

unsigned
world_count(const char *start)
{
	unsigned n = 0;

	for (size_t i = 0; i < world.nsent; i++)
		n += begins(&world.sent[i], start);
	return n;
}

const char *
world_times(const char *start, char *buf, size_t cap)
{
	size_t n = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < world.nsent && n < cap; i++)
		if (begins(&world.sent[i], start))
			n += (size_t)snprintf(buf + n, cap - n, "%s%llu",
			    n > 0 ? " " : "",
			    (unsigned long long)world.sent[i].t_us / 1000);
	return buf;
}

static bool
has(char **lines, size_t n, const char *text)
{
	size_t length = strlen(text);
	bool start = length > 0 && text[length - 1] == '*';

	for (size_t i = 0; i < n; i++)
		if (start ? strncmp(lines[i], text, length - 1) == 0
			  : strcmp(lines[i], text) == 0)
			return true;
	return false;
}

bool
world_reported(const char *text)
{
	return has(world.reports, world.nreports, text);
}

bool
world_logged(const char *text)
{
	return has(world.logs, world.nlogs, text);
}
