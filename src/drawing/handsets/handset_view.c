/*
 * The handset's pane put together: the phone's screen in cells, its keys, and
 * blocks of lines.
 */
#include "handsets/handset_view.h"

#include "base/i18n.h"
#include "handsets/handset_in.h"
#include "role/role.h"
#include "text/utf8.h"

/* Pixels of a screen whose size the trace does not tell: those of the phone. */
#define HANDSET_WIDTH  160
#define HANDSET_HEIGHT 128
/* Pixels of one character on it. */
#define HANDSET_CELL_W 8
#define HANDSET_CELL_H 16

enum handset_form {
	HANDSET_TEXT,    /* its characters */
	HANDSET_BRAILLE, /* 2 × 4 pixels a cell */
	HANDSET_HALVES,  /* 1 × 2 */
};

#define HANDSET_KEYPAD_W 18
#define HANDSET_KEYPAD_H 7

/* Cells of the narrowest area in which blocks are drawn. */
#define HANDSET_BLOCKS_W 20

/* ---- the keys ---- */

#define KEY_W 6 /* cells, "[call]" */

/* By line and column: a key's label, its name in the trace, in acts. */
static const struct {
	const char *label, *name, *act;
	enum canvas_style style;
} keys[HANDSET_KEYPAD_H][3] = {
	{ { "──", "soft1", "{soft1}", STYLE_KEY },
	    { "▲", "up", "{up}", STYLE_PLAIN },
	    { "──", "soft2", "{soft2}", STYLE_KEY } },
	{ { "call", "call", "{call}", STYLE_SUCCESS },
	    { "ok", "ok", "{ok}", STYLE_PLAIN },
	    { "end", "end", "{end}", STYLE_FAILURE } },
	{ { "clr", "clear", "{clear}", STYLE_PLAIN },
	    { "▼", "down", "{down}", STYLE_PLAIN },
	    { NULL, NULL, NULL, STYLE_PLAIN } },
	{ { "1", "1", "1", STYLE_BOLD }, { "2", "2", "2", STYLE_BOLD },
	    { "3", "3", "3", STYLE_BOLD } },
	{ { "4", "4", "4", STYLE_BOLD }, { "5", "5", "5", STYLE_BOLD },
	    { "6", "6", "6", STYLE_BOLD } },
	{ { "7", "7", "7", STYLE_BOLD }, { "8", "8", "8", STYLE_BOLD },
	    { "9", "9", "9", STYLE_BOLD } },
	{ { "*", "*", "*", STYLE_BOLD }, { "0", "0", "0", STYLE_BOLD },
	    { "#", "#", "#", STYLE_BOLD } },
};

static const char *
find_key(size_t x, size_t y)
{
	if (y >= HANDSET_KEYPAD_H || x >= HANDSET_KEYPAD_W)
		return NULL;
	return keys[y][x / KEY_W].act;
}

static void
board_view_draw_key(const struct grid_area *a, size_t x, size_t y,
    const char *label, enum canvas_style style, bool lit)
{
	size_t n = utf8_width(str_of(label));

	grid_text(a, x, y, STR("["), 1, STYLE_FRAME);
	grid_text(a, x + KEY_W - 1, y, STR("]"), 1, STYLE_FRAME);
	grid_text(
	    a, x + 1 + (KEY_W - 2 - n + 1) / 2, y, str_of(label), n, style);
	if (lit)
		grid_paint(a, x, y, KEY_W, 1, STYLE_LIT);
}

/*
 * The keys as they stand on the phone, with the one that was pressed last lit.
 */
static void
draw_keypad(const struct handset_look *l, const struct grid_area *a)
{
	LOCAL_BUF memory = BUF_INIT;
	struct trace_board r = { .text = STR_NULL };
	struct trace_rec rec;

	if (l->board != NULL && l->board->key != 0) {
		trace_get(l->v->t, l->board->key, &rec);
		(void)trace_get_board(&rec, &r, &memory);
	}
	for (size_t y = 0; y < HANDSET_KEYPAD_H; y++)
		for (size_t x = 0; x < 3; x++)
			if (keys[y][x].label != NULL)
				board_view_draw_key(a, x * KEY_W, y,
				    keys[y][x].label, keys[y][x].style,
				    str_is(r.text, keys[y][x].name));
}

/* ---- the screen in cells ---- */

#define STRIDE     (TRACE_BOARD_SIDE / 8)
#define CELL_DOTS  (HANDSET_CELL_W * HANDSET_CELL_H)
#define COARSE     4 /* pixels of a coarse dot, each way */
#define BRAILLE    0x2800u
#define HALF_UPPER 0x2580u
#define HALF_LOWER 0x2584u
#define WHOLE      0x2588u

struct pixels {
	unsigned w, h;
	uint8_t lines[TRACE_BOARD_SIDE][STRIDE];
};

static bool
dark(const struct pixels *p, size_t x, size_t y)
{
	return x < p->w && y < p->h &&
	       (p->lines[y][x / 8] >> (7 - x % 8) & 1) != 0;
}

/* The record that tells of row ROW, B what it says; false where none does, or
 * it is of another screen. */
static bool
board_view_row_of(const struct handset_look *l, unsigned row,
    struct trace_rec *rec, struct trace_board *b, struct buf *memory)
{
	uint64_t seq = l->board->rows[row];

	if (seq == 0)
		return false;
	trace_get(l->v->t, seq, rec);
	return trace_get_board(rec, b, memory) == 0 && b->row == row &&
	       b->width == l->width && b->height == l->height;
}

static void
read_pixels(const struct handset_look *l, struct pixels *p)
{
	LOCAL_BUF memory = BUF_INIT, bytes = BUF_INIT;
	size_t stride = (l->width + 7) / 8;
	struct trace_board b;
	struct trace_rec rec;

	memset(p, 0, sizeof(*p));
	p->w = l->width;
	p->h = l->height;
	for (unsigned row = 0; row < TRACE_BOARD_ROWS; row++) {
		buf_clear(&bytes);
		if (!board_view_row_of(l, row, &rec, &b, &memory) ||
		    trace_board_pixels(&rec, &b, &bytes) != 0)
			continue;
		for (size_t y = 0; y < bytes.n / stride; y++)
			memcpy(p->lines[row * TRACE_BOARD_ROW + y],
			    bytes.p + y * stride, stride);
	}
}

/* Cells that the screen takes. */
static void
handset_screen_size(
    const struct handset_look *l, enum handset_form form, size_t *w, size_t *h)
{
	static const struct {
		unsigned w, h; /* pixels of a cell */
	} cells[] = {
		[HANDSET_TEXT] = { HANDSET_CELL_W, HANDSET_CELL_H },
		[HANDSET_BRAILLE] = { 2, 4 },
		[HANDSET_HALVES] = { 1, 2 },
	};

	*w = (l->width + cells[form].w - 1) / cells[form].w;
	*h = (l->height + cells[form].h - 1) / cells[form].h;
}

/* ---- dots ---- */

/* Unicode 8-dot patterns: three of a column, then three of the other, then the
 * two below. */
static const uint8_t dots[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 },
	{ 0x04, 0x20 }, { 0x40, 0x80 } };

static uint32_t
braille_at(const struct pixels *p, size_t x, size_t y)
{
	uint32_t bits = 0;

	for (size_t j = 0; j < 4; j++)
		for (size_t i = 0; i < 2; i++)
			if (dark(p, 2 * x + i, 4 * y + j))
				bits |= dots[j][i];
	return bits == 0 ? ' ' : BRAILLE + bits;
}

static uint32_t
halves_at(const struct pixels *p, size_t x, size_t y)
{
	bool upper = dark(p, x, 2 * y), lower = dark(p, x, 2 * y + 1);

	return upper && lower ? WHOLE
	       : upper        ? HALF_UPPER
	       : lower        ? HALF_LOWER
			      : ' ';
}

static void
draw_dots(
    const struct pixels *p, enum handset_form form, const struct grid_area *a)
{
	LOCAL_BUF line = BUF_INIT;

	for (size_t y = 0; y < a->h; y++) {
		buf_clear(&line);
		for (size_t x = 0; x < a->w; x++)
			utf8_encode(&line, form == HANDSET_BRAILLE
					       ? braille_at(p, x, y)
					       : halves_at(p, x, y));
		grid_text(a, 0, y, buf_view(&line), a->w, STYLE_PLAIN);
	}
}

/* ---- characters ---- */

static unsigned
count_dark(const struct pixels *p, size_t x, size_t y, size_t w, size_t h)
{
	unsigned n = 0;

	for (size_t j = 0; j < h; j++)
		for (size_t i = 0; i < w; i++)
			n += dark(p, x + i, y + j);
	return n;
}

/*
 * What of a cell has no character (a large digit, a symbol), in dots of 4 × 4
 * pixels.
 */
static void
draw_coarse(const struct pixels *p, size_t x, size_t row, bool light,
    const struct grid_area *a, size_t y)
{
	enum canvas_style style = light ? STYLE_HERE : STYLE_PLAIN;
	LOCAL_BUF b = BUF_INIT;
	uint32_t bits = 0;

	for (size_t j = 0; j < 4; j++)
		for (size_t i = 0; i < 2; i++) {
			unsigned n = count_dark(p,
			    x * HANDSET_CELL_W + i * COARSE,
			    row * HANDSET_CELL_H + j * COARSE, COARSE, COARSE);

			if ((light ? COARSE * COARSE - n : n) >= 5)
				bits |= dots[j][i];
		}
	if (a->g->ascii)
		buf_putc(&b, bits != 0 ? '#' : ' ');
	else
		utf8_encode(&b, bits != 0 ? BRAILLE + bits : ' ');
	grid_text(a, x, y, buf_view(&b), 1, style);
}

/* Light on dark there is light on dark here. */
static bool
is_light(const struct pixels *p, size_t x, size_t row, size_t cells)
{
	return count_dark(p, x * HANDSET_CELL_W, row * HANDSET_CELL_H,
		   cells * HANDSET_CELL_W,
		   HANDSET_CELL_H) > cells * CELL_DOTS / 2;
}

/* Row ROW of the screen on line Y. */
static void
board_view_draw_row(const struct pixels *p, struct str text, size_t row,
    const struct grid_area *a, size_t y)
{
	size_t x = 0, cells = p->w / HANDSET_CELL_W;

	while (x < a->w && x < cells) {
		size_t used = 0, w = 1;
		uint32_t c = ' ';

		if (text.n > 0) {
			c = utf8_decode(text, &used);
			w = utf8_cells(c) > 1 ? 2 : 1;
		}
		if (c == ' ' || c == UTF8_BAD)
			draw_coarse(p, x, row, is_light(p, x, row, 1), a, y);
		else
			grid_text(a, x, y, str_slice(text, 0, used), w,
			    is_light(p, x, row, w) ? STYLE_HERE : STYLE_PLAIN);
		text = str_slice(text, used, text.n);
		x += w;
	}
}

/* Nothing to be seen in it. */
static bool
board_view_is_blank(const struct pixels *p, struct str text, size_t row)
{
	return str_trim(text).n == 0 && count_dark(p, 0, row * HANDSET_CELL_H,
					    p->w, HANDSET_CELL_H) == 0;
}

static void
board_view_draw_text(const struct handset_look *l, const struct pixels *p,
    const struct grid_area *a)
{
	LOCAL_BUF memory = BUF_INIT;
	struct trace_board b;
	struct trace_rec rec;
	size_t rows = (p->h + HANDSET_CELL_H - 1) / HANDSET_CELL_H, y = 0;
	size_t over = rows > a->h ? rows - a->h : 0;

	for (unsigned row = 0; row < rows && y < a->h; row++) {
		bool known = board_view_row_of(l, row, &rec, &b, &memory);
		struct str text = known ? b.text : STR_NULL;

		if (over > 0 && board_view_is_blank(p, text, row)) {
			over--;
			continue;
		}
		board_view_draw_row(p, text, row, a, y++);
	}
}

/*
 * A phone's screen as dots of braille, as half blocks, or as the characters
 * that the trace says it shows. Where A is too low, empty rows go first.
 */
static void
handset_screen_draw(const struct handset_look *l, enum handset_form form,
    const struct grid_area *a)
{
	struct pixels p;

	read_pixels(l, &p);
	if (form == HANDSET_TEXT)
		board_view_draw_text(l, &p, a);
	else
		draw_dots(&p, form, a);
}

/* ---- the handset's pane put together ---- */

/* Beside the screen there must be so much for the keypad to go below it. */
#define BESIDE_LEAST 30
/* No handset takes more lines. */
#define TALL   400
#define TALLER 4

static const struct trace_node *
first_handset(const struct trace *t)
{
	const struct trace_head *h = trace_head(t);

	for (size_t i = 0; i < h->nnodes; i++)
		if ((role_traits(h->nodes[i].role) & TRAIT_FIRMWARE) != 0)
			return &h->nodes[i];
	return NULL;
}

bool
handset_view_has(const struct trace *t)
{
	return first_handset(t) != NULL;
}

struct str
handset_view_node(const struct handset_view *v)
{
	const struct trace_node *n = trace_find_node(v->t, v->node);

	if (n == NULL || (role_traits(n->role) & TRAIT_FIRMWARE) == 0)
		n = first_handset(v->t);
	return n != NULL ? n->name : STR_NULL;
}

static struct handset_look
board_view_look_at(const struct handset_view *v)
{
	struct handset_look l = { .v = v,
		.node = handset_view_node(v),
		.width = HANDSET_WIDTH,
		.height = HANDSET_HEIGHT };
	LOCAL_BUF memory = BUF_INIT;
	struct trace_board r;
	struct trace_rec rec;

	if (l.node.n > 0)
		l.board = state_at_find_board(v->f, l.node);
	if (l.board == NULL || l.board->lcd == 0)
		return l;
	trace_get(v->t, l.board->lcd, &rec);
	if (trace_get_board(&rec, &r, &memory) == 0 && r.width > 0) {
		l.width = r.width;
		l.height = r.height;
	}
	return l;
}

bool
handset_view_is_up(const struct handset_view *v)
{
	struct handset_look l = board_view_look_at(v);

	return l.board == NULL || !l.board->down;
}

/* Where each part stands. */
struct places {
	enum handset_form form;
	bool frame;
	struct grid_area screen; /* with its frame */
	struct grid_area keypad; /* w 0: none */
	struct grid_area rest[HANDSET_AREAS];
	size_t nrest;
};

static bool
board_view_fits(const struct handset_look *l, enum handset_form form,
    const struct grid_area *a)
{
	size_t w, h;

	handset_screen_size(l, form, &w, &h);
	return w <= a->w && h <= a->h;
}

/* As large as the lines SEEN at once allow. */
static void
place_screen(struct places *p, const struct handset_look *l,
    const struct grid_area *a, const struct grid_area *seen)
{
	size_t w, h;

	p->form = a->g->ascii                                 ? HANDSET_TEXT
		  : board_view_fits(l, HANDSET_HALVES, seen)  ? HANDSET_HALVES
		  : board_view_fits(l, HANDSET_BRAILLE, seen) ? HANDSET_BRAILLE
							      : HANDSET_TEXT;
	handset_screen_size(l, p->form, &w, &h);
	p->frame = w + 2 <= a->w && h + 2 <= a->h;
	p->screen =
	    grid_part(a, 0, 0, p->frame ? w + 2 : w, p->frame ? h + 2 : h);
}

static void
board_view_add_rest(
    struct places *p, const struct grid_area *a, size_t x, size_t y, size_t w)
{
	struct grid_area part;

	if (x > a->w || y > a->h)
		return;
	part = grid_part(a, x, y, w, a->h);
	if (part.w >= HANDSET_BLOCKS_W && part.h > 0)
		p->rest[p->nrest++] = part;
}

/* The keypad below the screen, as on a phone; all that is beside and below
 * them is for the rest. */
static void
place_below(struct places *p, const struct grid_area *a)
{
	size_t w = p->screen.w, h = p->screen.h;
	size_t x = w > HANDSET_KEYPAD_W ? (w - HANDSET_KEYPAD_W) / 2 : 0;

	/* Below a large screen it leaves room beside itself. */
	if (w >= HANDSET_KEYPAD_W + 2 + HANDSET_BLOCKS_W)
		x = 0;
	p->keypad = grid_part(a, x, h, HANDSET_KEYPAD_W, HANDSET_KEYPAD_H);
	board_view_add_rest(p, a, w + 2, 0, a->w);
	if (x == 0 && w > HANDSET_KEYPAD_W)
		board_view_add_rest(
		    p, a, HANDSET_KEYPAD_W + 2, h, w - HANDSET_KEYPAD_W - 2);
	else
		board_view_add_rest(p, a, 0, h + HANDSET_KEYPAD_H + 1, w);
}

static void
board_view_place_beside(struct places *p, const struct grid_area *a)
{
	size_t w = p->screen.w, x = w + 1;

	p->keypad = grid_part(a, x, 0, HANDSET_KEYPAD_W, HANDSET_KEYPAD_H);
	if (a->w >= x + HANDSET_KEYPAD_W + 1 + HANDSET_BLOCKS_W)
		board_view_add_rest(p, a, x + HANDSET_KEYPAD_W + 1, 0, a->w);
	else
		board_view_add_rest(p, a, x, HANDSET_KEYPAD_H + 1, a->w);
	board_view_add_rest(p, a, 0,
	    p->screen.h > HANDSET_KEYPAD_H + 1 ? p->screen.h + 1
					       : HANDSET_KEYPAD_H + 1,
	    a->w);
}

static void
board_view_place(
    struct places *p, const struct handset_look *l, const struct grid_area *a)
{
	struct grid_area seen = *a;
	bool below, beside;

	if (l->v->room > 0 && l->v->room < a->h)
		seen.h = l->v->room;
	*p = (struct places){ .keypad = { .g = a->g } };
	place_screen(p, l, a, &seen);
	beside = a->w >= p->screen.w + 1 + HANDSET_KEYPAD_W &&
		 seen.h >= HANDSET_KEYPAD_H;
	below = seen.h >= p->screen.h + HANDSET_KEYPAD_H ||
		(seen.h < a->h && !beside);
	if (below && (!beside || a->w >= p->screen.w + 2 + BESIDE_LEAST)) {
		place_below(p, a);
	} else if (beside) {
		board_view_place_beside(p, a);
	} else {
		board_view_add_rest(p, a, p->screen.w + 1, 0, a->w);
		board_view_add_rest(p, a, 0, p->screen.h + 1, a->w);
	}
}

static void
draw_sentence(const struct grid_area *a, const char *text)
{
	LOCAL(doc_free) struct doc d = DOC_INIT;

	doc_line(&d, 0);
	doc_wrap(&d, STYLE_DIM, str_of(text), 0, a->w);
	doc_draw(&d, a, 0, 0, SIZE_MAX);
}

static void
draw_screen(const struct handset_look *l, const struct places *p)
{
	const struct grid_area *a = &p->screen;
	struct grid_area in = *a;
	bool down = l->board != NULL && l->board->down;

	if (p->frame) {
		grid_box(a, 0, 0, a->w, a->h,
		    down           ? STYLE_LOST
		    : l->v->keypad ? STYLE_KEY
				   : STYLE_FRAME);
		grid_text(a, 2, 0, l->node, a->w - 4, STYLE_TITLE);
		in = grid_part(a, 1, 1, a->w - 2, a->h - 2);
	}
	if (l->board == NULL || l->board->lcd == 0)
		grid_text(&in, 1, 0, str_of(_("(dark)")), in.w, STYLE_DIM);
	else
		handset_screen_draw(l, p->form, &in);
	if (down)
		grid_paint(&in, 0, 0, in.w, in.h, STYLE_DIM);
}

void
handset_view_draw(const struct handset_view *v, const struct grid_area *a)
{
	struct handset_look l = board_view_look_at(v);
	size_t used[HANDSET_AREAS];
	struct places p;

	if (l.node.n == 0) {
		draw_sentence(a, _("This network has no handset. A handset is "
				   "a node with role=handset: a phone whose "
				   "firmware runs on an emulated board."));
		return;
	}
	board_view_place(&p, &l, a);
	draw_screen(&l, &p);
	if (p.keypad.w > 0)
		draw_keypad(&l, &p.keypad);
	handset_blocks_put(&l, p.rest, p.nrest, true, used);
}

/* The last line of A's parts. */
static size_t
board_view_end_of(
    const struct places *p, const size_t *used, const struct grid_area *a)
{
	size_t end = p->screen.y + p->screen.h;

	if (p->keypad.w > 0 && p->keypad.y + p->keypad.h > end)
		end = p->keypad.y + p->keypad.h;
	for (size_t i = 0; i < p->nrest; i++)
		if (used[i] > 0 && p->rest[i].y + used[i] > end)
			end = p->rest[i].y + used[i];
	return end - a->y;
}

size_t
handset_view_height(const struct handset_view *v, const struct grid_area *a)
{
	struct handset_view whole = *v;
	struct handset_look l = board_view_look_at(&whole);
	struct grid_area tall = *a;
	size_t used[HANDSET_AREAS];
	struct places p;

	if (l.node.n == 0)
		return a->h;
	board_view_place(&p, &l, a);
	if (handset_blocks_put(&l, p.rest, p.nrest, false, used) &&
	    p.keypad.w > 0)
		return a->h;
	whole.room = a->h;
	do {
		tall.h += TALLER;
		board_view_place(&p, &l, &tall);
	} while (!handset_blocks_put(&l, p.rest, p.nrest, false, used) &&
		 tall.h < TALL);
	return board_view_end_of(&p, used, a);
}

const char *
handset_view_hit(
    const struct handset_view *v, const struct grid_area *a, size_t x, size_t y)
{
	struct handset_look l = board_view_look_at(v);
	struct places p;

	if (l.node.n == 0)
		return NULL;
	board_view_place(&p, &l, a);
	if (p.keypad.w == 0 || x + a->x < p.keypad.x || y + a->y < p.keypad.y)
		return NULL;
	return find_key(x + a->x - p.keypad.x, y + a->y - p.keypad.y);
}
