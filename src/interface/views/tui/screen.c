/*
 * Curses.  Its global state is touched here alone; what must be global for
 * signals' sake stands together in one place.
 */
#include "views/tui/screen.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/library.h"
#include "base/mem.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <ncurses.h>

/* Its functions and its variables; few commands have a screen. */
/* clang-format off */
#define CURSES_NAMES(X) \
	X(has_colors) X(start_color) X(use_default_colors) X(init_pair) \
	X(attr_set) X(define_key) X(raw) X(noecho) X(nonl) X(keypad) \
	X(nodelay) X(set_escdelay) X(mousemask) X(mouseinterval) \
	X(newterm) X(endwin) X(delscreen) X(addnstr) X(clearok) X(move) \
	X(curs_set) X(refresh) X(reset_prog_mode) X(def_shell_mode) \
	X(def_prog_mode) X(resizeterm) X(getmouse) X(ungetch) X(get_wch) \
	X(COLORS) X(COLOR_PAIRS) X(stdscr) X(COLS) X(LINES) X(curscr)
/* clang-format on */

static struct {
	CURSES_NAMES(LIBRARY_POINTER)
} curses;

/* Longer than a terminal takes to send the rest of an arrow key. */
#define ESCAPE_MS 40
/* 17 colours (the terminal's own and 16) for each ground. */
#define GROUNDS 17
/* Times that input was said to be there and was not. */
#define EMPTY_MOST 200
/* Keys that curses takes back. */
#define TYPED_MOST 100

/* What ends the program or stops it, that it goes on after that, and that the
 * terminal has had another size. */
static const int signals[] = { SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGCONT,
	SIGTSTP, SIGWINCH };

struct screen {
	SCREEN *term;
	bool colours;
	int ncolours;
	size_t cursor_x, cursor_y;
	bool all;   /* draw everything again */
	bool said;  /* there is input, the last wait said */
	bool typed; /* there is some of screen_type's */
	unsigned empty;
	struct sigaction old[COUNT_OF(signals)], stops;
};

/* The signal that wants the program to end; 0: none came. */
static volatile sig_atomic_t ended_by;
/* The program is stopped by a signal, and goes on after that. */
static volatile sig_atomic_t stopped, continued;
/* The terminal had another size, if only for a moment: what it shows may be
 * cut or moved also where the size is the same again. */
static volatile sig_atomic_t changed;
/* Another program has the terminal: keys typed there to end it are not meant
 * for us. */
static volatile sig_atomic_t away;

static void
screen_on_signal(int sig)
{
	if (sig == SIGCONT)
		continued = 1;
	else if (sig == SIGTSTP)
		stopped = 1;
	else if (sig == SIGWINCH)
		changed = 1;
	else if (!away || (sig != SIGINT && sig != SIGQUIT))
		ended_by = sig;
}

static void
screen_catch_signals(struct screen *s)
{
	struct sigaction act = { .sa_handler = screen_on_signal };

	ended_by = stopped = continued = changed = away = 0;
	sigemptyset(&act.sa_mask);
	for (size_t i = 0; i < COUNT_OF(signals); i++) {
		sigaction(signals[i], &act, &s->old[i]);
		/* The program's parent doesn't want it stopped. */
		if (signals[i] == SIGTSTP && s->old[i].sa_handler == SIG_IGN)
			sigaction(SIGTSTP, &s->old[i], NULL);
	}
}

static void
screen_leave_signals(const struct screen *s)
{
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaction(signals[i], &s->old[i], NULL);
}

int
screen_gone(const struct screen *s)
{
	(void)s;
	return ended_by;
}

bool
screen_ended(struct screen *s)
{
	/* A resize and the like come without a key as well. */
	if (s->said && ++s->empty > EMPTY_MOST)
		ended_by = SIGHUP;
	return ended_by != 0;
}

/* One pair for each two colours, so that nothing needs to be remembered. */
static short
pair_of(int fg, int bg)
{
	return (short)((fg + 1) * GROUNDS + bg + 1);
}

static void
start_colours(struct screen *s)
{
	if (!curses.has_colors() || curses.start_color() != OK)
		return;
	curses.use_default_colors();
	s->ncolours = *curses.COLORS >= 16 ? 16 : 8;
	s->colours = *curses.COLORS >= 8 && *curses.COLOR_PAIRS > 64;
}

static attr_t
attrs_of(const struct screen *s, struct look *look)
{
	attr_t a = A_NORMAL;

	if (look->attrs & LOOK_BOLD)
		a |= A_BOLD;
	if (look->attrs & LOOK_DIM)
		a |= A_DIM;
	if (look->attrs & LOOK_REVERSE)
		a |= A_REVERSE;
	if (look->attrs & LOOK_UNDERLINE)
		a |= A_UNDERLINE;
	if (!s->colours)
		return a;
	/* Where there are eight, the bright ones are bold; grey is dim. */
	if (s->ncolours == 8 && look->fg == 8) {
		look->fg = -1;
		a |= A_DIM;
	} else if (s->ncolours == 8 && look->fg > 8) {
		look->fg -= 8;
		a |= A_BOLD;
	}
	if (s->ncolours == 8 && look->bg >= 8)
		look->bg -= 8;
	return a;
}

static void
use_look(const struct screen *s, struct look look)
{
	attr_t a = attrs_of(s, &look);
	short pair = 0;

	if (s->colours && (look.fg >= 0 || look.bg >= 0)) {
		int number = pair_of(look.fg, look.bg);

		if (number < *curses.COLOR_PAIRS) {
			pair = (short)number;
			curses.init_pair(pair, (short)look.fg, (short)look.bg);
		}
	}
	curses.attr_set(a, pair, NULL);
}

/* Behind CSI or SS3.  Before a terminal has heard which it should, and on one
 * that never listens, it sends the other of the two. */
static const struct {
	char last;
	int code;
} arrows[] = {
	{ 'A', KEY_UP },
	{ 'B', KEY_DOWN },
	{ 'C', KEY_RIGHT },
	{ 'D', KEY_LEFT },
	{ 'H', KEY_HOME },
	{ 'F', KEY_END },
};

static void
know_both_arrows(void)
{
	for (size_t i = 0; i < COUNT_OF(arrows); i++) {
		const char csi[] = { 27, '[', arrows[i].last, 0 };
		const char ss3[] = { 27, 'O', arrows[i].last, 0 };

		curses.define_key(csi, arrows[i].code);
		curses.define_key(ss3, arrows[i].code);
	}
}

static void
set_modes(void)
{
	curses.raw();
	curses.noecho();
	curses.nonl();
	curses.keypad(*curses.stdscr, TRUE);
	know_both_arrows();
	curses.nodelay(*curses.stdscr, TRUE);
	curses.set_escdelay(ESCAPE_MS);
	curses.mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED |
			     BUTTON5_PRESSED,
	    NULL);
	curses.mouseinterval(0);
}

int
screen_open(struct screen **out, struct diag *d)
{
	struct screen *s;

	*out = NULL;
	if (LIBRARY_LOAD(RUNG_LIBNCURSESW, CURSES_NAMES, curses, d) != 0)
		return d->err;
	s = mem_zalloc(1, sizeof(*s));
	if (s == NULL)
		return diag_fail(d, ERR_NOMEM);
	s->term = curses.newterm(NULL, stdout, stdin);
	if (s->term == NULL) {
		mem_free(s);
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("the terminal can't be used; see rung doctor"));
	}
	screen_catch_signals(s);
	set_modes();
	start_colours(s);
	s->cursor_x = SIZE_MAX;
	*out = s;
	return 0;
}

void
screen_close(struct screen *s)
{
	if (s == NULL)
		return;
	curses.endwin();
	screen_leave_signals(s);
	curses.delscreen(s->term);
	mem_free(s);
}

int
screen_fit(struct screen *s, struct grid *g)
{
	size_t width = *curses.COLS > 0 ? (size_t)*curses.COLS : 1;
	size_t height = *curses.LINES > 0 ? (size_t)*curses.LINES : 1;
	bool ascii = g->ascii;

	(void)s;
	if (width == g->width && height == g->height)
		return 0;
	grid_free(g);
	return grid_init(g, width, height, ascii);
}

static bool
same_look(const struct grid_cell *a, const struct grid_cell *b)
{
	return a->style == b->style && a->flags == b->flags;
}

/* The cells from X on that look alike, and that curses can count as we do:
 * after a wide or a marked character its column is set anew. */
static size_t
draw_run(const struct screen *s, const struct grid_cell *row, size_t x,
    size_t width, enum theme theme)
{
	char text[256];
	size_t n = 0, from = x;

	use_look(s, theme_look(theme, row[x].style, row[x].flags));
	while (x < width && n + sizeof(row->text) + 1 < sizeof(text) &&
	       same_look(&row[from], &row[x])) {
		const struct grid_cell *cell = &row[x++];

		if (cell->tail)
			continue;
		if (cell->n == 0) {
			text[n++] = ' ';
			continue;
		}
		memcpy(text + n, cell->text, cell->n);
		n += cell->n;
		if (cell->n > 3 || (x < width && row[x].tail)) {
			x += x < width && row[x].tail;
			break;
		}
	}
	curses.addnstr(text, (int)n);
	return x;
}

void
screen_draw(struct screen *s, const struct grid *g, enum theme theme)
{
	size_t width =
	    g->width < (size_t)*curses.COLS ? g->width : (size_t)*curses.COLS;
	size_t height = g->height < (size_t)*curses.LINES
			    ? g->height
			    : (size_t)*curses.LINES;

	if (s->all)
		curses.clearok(*curses.curscr, TRUE);
	s->all = false;
	if (!s->colours)
		theme = THEME_MONO;
	for (size_t y = 0; y < height; y++)
		for (size_t x = 0; x < width;) {
			curses.move((int)y, (int)x);
			x = draw_run(
			    s, &g->cells[y * g->width], x, width, theme);
		}
	curses.curs_set(s->cursor_x != SIZE_MAX);
	if (s->cursor_x != SIZE_MAX)
		curses.move((int)s->cursor_y, (int)s->cursor_x);
	curses.refresh();
}

void
screen_cursor(struct screen *s, size_t x, size_t y)
{
	s->cursor_x = x;
	s->cursor_y = y;
}

void
screen_redraw(struct screen *s)
{
	s->all = true;
}

/* The shell that stopped us may have left the terminal as it wants it. */
static void
screen_take_back(struct screen *s)
{
	continued = 0;
	curses.reset_prog_mode();
	s->all = true;
}

/* WHO, as kill has it, is stopped, and we among them: here and not in a
 * signal's handler, which may come in the midst of drawing.  Returns after a
 * SIGCONT. */
static void
screen_stop(struct screen *s, pid_t who)
{
	screen_leave(s);
	away = 0; /* a signal that ends us while we are stopped means us */
	if (s->stops.sa_handler != SIG_IGN)
		kill(who, SIGTSTP);
	/* A shell may have left the terminal in another way than it was. */
	curses.def_shell_mode();
	stopped = 0;
	screen_return(s);
}

/* Signals wait until the mask BEFORE is set again: one right before a wait
 * would be seen only after it, one among the bytes of a key would tear it. */
static void
hold_screen_signals(sigset_t *before)
{
	sigset_t held;

	sigemptyset(&held);
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		sigaddset(&held, signals[i]);
	sigprocmask(SIG_BLOCK, &held, before);
}

/* The terminal has another size than curses thinks. */
static bool
resized(struct screen *s)
{
	struct winsize now;

	if (changed)
		s->all = true;
	changed = 0;
	if (ioctl(STDIN_FILENO, TIOCGWINSZ, &now) != 0 || now.ws_row == 0 ||
	    now.ws_col == 0 ||
	    (now.ws_row == *curses.LINES && now.ws_col == *curses.COLS))
		return false;
	/* Puts KEY_RESIZE among the keys. */
	curses.resizeterm(now.ws_row, now.ws_col);
	return true;
}

void
screen_wait(struct screen *s, int timeout_ms, int fd)
{
	struct pollfd in[] = { { .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = fd, .events = POLLIN } };
	struct timespec time = { timeout_ms / 1000,
		timeout_ms % 1000 * 1000000L };
	sigset_t before;

	hold_screen_signals(&before);
	s->said = false;
	if (ended_by == 0 && !stopped && !continued && !changed && !s->typed &&
	    !resized(s))
		s->said =
		    ppoll(in, 2, timeout_ms < 0 ? NULL : &time, &before) > 0 &&
		    in[0].revents != 0;
	resized(s);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (stopped)
		screen_stop(s, getpid());
	else if (continued)
		screen_take_back(s);
	if (s->said && (in[0].revents & (POLLHUP | POLLERR | POLLNVAL)) &&
	    !(in[0].revents & POLLIN))
		ended_by = SIGHUP;
}

static enum key_name
screen_name_of(wint_t code)
{
	/* clang-format off */
	static const struct {
		int code;
		enum key_name name;
	} rows[] = {
		{ KEY_UP, KEY_IS_UP }, { KEY_DOWN, KEY_IS_DOWN },
		{ KEY_LEFT, KEY_IS_LEFT }, { KEY_RIGHT, KEY_IS_RIGHT },
		{ KEY_HOME, KEY_IS_HOME }, { KEY_END, KEY_IS_END },
		{ KEY_PPAGE, KEY_IS_PAGE_UP }, { KEY_NPAGE, KEY_IS_PAGE_DOWN },
		{ KEY_ENTER, KEY_IS_ENTER }, { KEY_BTAB, KEY_IS_BACK_TAB },
		{ KEY_BACKSPACE, KEY_IS_BACKSPACE }, { KEY_DC, KEY_IS_DELETE },
		{ KEY_RESIZE, KEY_IS_RESIZE }, { KEY_MOUSE, KEY_IS_MOUSE },
	};
	/* clang-format on */

	if (code >= (wint_t)KEY_F(1) && code <= (wint_t)KEY_F(10))
		return KEY_IS_F1 + (code - (wint_t)KEY_F(1));
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if ((wint_t)rows[i].code == code)
			return rows[i].name;
	return KEY_IS_NONE;
}

static bool
read_mouse(struct key *key)
{
	MEVENT e;

	if (curses.getmouse(&e) != OK || e.x < 0 || e.y < 0)
		return false;
	key->x = (size_t)e.x;
	key->y = (size_t)e.y;
	key->wheel = e.bstate & BUTTON4_PRESSED   ? -1
		     : e.bstate & BUTTON5_PRESSED ? 1
						  : 0;
	return true;
}

/* What curses would make of the beginning of BYTES, which loses it. */
static int
screen_take_code(struct str *bytes)
{
	int code = (unsigned char)bytes->p[0];
	size_t used = 1;

	if (bytes->n >= 3 && code == 27 &&
	    (bytes->p[1] == '[' || bytes->p[1] == 'O'))
		for (size_t i = 0; i < COUNT_OF(arrows); i++)
			if (arrows[i].last == bytes->p[2]) {
				code = arrows[i].code;
				used = 3;
			}
	*bytes = str_slice(*bytes, used, bytes->n);
	return code;
}

void
screen_type(struct screen *s, struct str bytes)
{
	int codes[TYPED_MOST];
	size_t n = 0;

	while (bytes.n > 0 && n < TYPED_MOST)
		codes[n++] = screen_take_code(&bytes);
	s->typed = n > 0;
	/* Each goes before the one that was put back last. */
	while (n > 0)
		curses.ungetch(codes[--n]);
}

bool
screen_key(struct screen *s, struct key *key)
{
	sigset_t before;
	wint_t code;
	int kind;

	hold_screen_signals(&before);
	kind = curses.get_wch(&code);
	sigprocmask(SIG_SETMASK, &before, NULL);
	*key = (struct key){ 0 };
	if (kind == ERR) {
		s->typed = false;
		return false;
	}
	s->empty = 0;
	if (kind == KEY_CODE_YES) {
		key->name = screen_name_of(code);
		if (key->name == KEY_IS_MOUSE && !read_mouse(key))
			key->name = KEY_IS_NONE;
		return true;
	}
	switch (code) {
	case '\r':
	case '\n':
		key->name = KEY_IS_ENTER;
		break;
	case '\t':
		key->name = KEY_IS_TAB;
		break;
	case 27:
		key->name = KEY_IS_ESCAPE;
		break;
	case 8:
	case 127:
		key->name = KEY_IS_BACKSPACE;
		break;
	default:
		key->ch = code;
	}
	return true;
}

/* Stopping stops the terminal's other programs and us alike. */
void
screen_leave(struct screen *s)
{
	struct sigaction stop = { .sa_handler = SIG_DFL };

	away = 1;
	sigemptyset(&stop.sa_mask);
	sigaction(SIGTSTP, NULL, &s->stops);
	if (s->stops.sa_handler != SIG_IGN)
		sigaction(SIGTSTP, &stop, NULL);
	curses.def_prog_mode();
	curses.endwin();
}

void
screen_return(struct screen *s)
{
	sigaction(SIGTSTP, &s->stops, NULL);
	away = 0;
	screen_take_back(s);
	curses.refresh();
}

void
screen_suspend(struct screen *s)
{
	screen_stop(s, 0);
}
