/* What play_driver.h declares. */
#include "play_driver.h"

#include "check.h"

#include <stdlib.h>

void
driver_close(struct driver *v)
{
	play_destroy(v->p);
	cli_lab_close(v->lab);
	engine_close(v->e);
	session_destroy(v->s);
	grid_free(&v->g);
	buf_free(&v->text);
	memset(v, 0, sizeof(*v));
}

void
driver_settle(struct driver *v)
{
	for (int i = 0; i < 100000 && play_work(v->p); i++)
		;
}

bool
driver_show(struct driver *v, const char *file, size_t w, size_t h)
{
	struct play_options o = { .theme = THEME_DEFAULT,
		.folder =
		    getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp" };
	struct diag d = DIAG_INIT;

	if (play_create(&v->p, &v->src, &o, &d) != 0 ||
	    grid_init(&v->g, w, h, false) != 0) {
		printf("  %s: %s\n", file, d.text);
		driver_close(v);
		return false;
	}
	driver_settle(v);
	return true;
}

bool
driver_open(struct driver *v, const char *file, size_t w, size_t h)
{
	struct diag d = DIAG_INIT;

	memset(v, 0, sizeof(*v));
	if (session_open(&v->s, file, NULL, &d) != 0) {
		printf("  %s: %s\n", file, d.text);
		return false;
	}
	play_source_open(&v->src, &v->e, v->s, &d);
	/* Tests leave the user's sessions alone. */
	v->src.save = NULL;
	return driver_show(v, file, w, h);
}

void
driver_resize(struct driver *v, size_t w, size_t h)
{
	bool ascii = v->g.ascii;

	grid_free(&v->g);
	if (grid_init(&v->g, w, h, ascii) != 0)
		abort();
}

void
driver_press(struct driver *v, const char *keys)
{
	struct str rest = str_of(keys), word;

	while (rest.n > 0) {
		struct key key;
		size_t used;

		word = str_cut(rest, ' ', &rest);
		if (word.n == 0)
			continue;
		key = key_of_name(word);
		if (key.name != KEY_IS_NONE || key.ch < 32 || key.ch == ' ') {
			play_key(v->p, key);
		} else {
			for (size_t at = 0; at < word.n; at += used) {
				key = KEY_CHAR(utf8_decode(
				    str_slice(word, at, word.n), &used));
				play_key(v->p, key);
			}
		}
		play_draw(v->p, &v->g);
		driver_settle(v);
	}
}

const char *
driver_screen(struct driver *v)
{
	buf_clear(&v->text);
	if (play_draw(v->p, &v->g) != 0)
		return "";
	grid_write(&v->g, &v->text);
	return buf_cstr(&v->text);
}

bool
driver_shows(struct driver *v, const char *text)
{
	const char *screen = driver_screen(v);

	if (strstr(screen, text) != NULL)
		return true;
	printf("  \"%s\" is not on the screen:\n%s", text, screen);
	return false;
}
