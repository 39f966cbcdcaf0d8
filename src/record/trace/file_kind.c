/* The kind of a file, by its first bytes; see trace/file_kind.h. */
#include "trace/file_kind.h"

#include "base/err.h"
#include "base/gzip.h"
#include "base/i18n.h"
#include "text/charset.h"

bool
file_kind_is_graph(struct str text)
{
	static const char *const words[] = { "graph", "digraph", "strict" };

	for (;;) {
		struct str rest;

		text = str_trim(text);
		if (str_starts(text, "/*")) {
			ptrdiff_t end = str_find(text, "*/");

			text = end < 0
				   ? STR_NULL
				   : str_slice(text, (size_t)end + 2, text.n);
		} else if (str_starts(text, "//") || str_starts(text, "#")) {
			str_cut(text, '\n', &rest);
			text = rest;
		} else {
			break;
		}
	}
	for (size_t i = 0; i < 3; i++)
		if (str_istarts(text, words[i]))
			return true;
	return false;
}

static const char *const magics[] = {
	"\xa1\xb2\xc3\xd4", "\xd4\xc3\xb2\xa1", /* pcap, µs */
	"\xa1\xb2\x3c\x4d", "\x4d\x3c\xb2\xa1", /* … ns */
	"\xa1\xb2\xcd\x34", "\x34\xcd\xb2\xa1", /* Kuznetzov's */
	"\x0a\x0d\x0d\x0a",                     /* pcapng */
};

bool
file_kind_is_capture(struct str bytes)
{
	for (size_t i = 0; i < COUNT_OF(magics); i++)
		if (str_starts(bytes, magics[i]))
			return true;
	return false;
}

static bool
is_script(struct str text)
{
	return text.n > 0 && text.p[0] != '{' &&
	       (str_find(text, "lab {") >= 0 || str_find(text, "lab{") >= 0);
}

static bool
is_questions(struct str text)
{
	return text.n > 0 && text.p[0] != '{' && !is_script(text) &&
	       (str_find(text, "\nlesson {") >= 0 ||
		   str_starts(text, "lesson {") ||
		   str_find(text, "\ntask {") >= 0);
}

static bool
is_picture(struct str bytes)
{
	return str_starts(bytes, "\x89PNG") || str_starts(bytes, "<svg") ||
	       (str_starts(bytes, "<?xml") && str_find(bytes, "<svg") >= 0);
}

static bool
is_page(struct str text)
{
	return str_istarts(text, "<!doctype html") ||
	       str_istarts(text, "<html");
}

/* All pages that rung writes have this policy in their heads. */
bool
file_kind_is_own_page(struct str text)
{
	return is_page(text) &&
	       str_find(text, "Content-Security-Policy") >= 0 &&
	       str_find(text, "base-uri 'none'; form-action 'none'") >= 0;
}

static bool
is_answers(struct str text)
{
	return str_starts(text, "#") && str_find(text, "\nlab: ") >= 0;
}

static bool
is_ladder(struct str text)
{
	struct str rest, first = str_trim(str_cut(text, '\n', &rest));

	return (str_find(text, "▶│") >= 0 || str_find(text, ">|") >= 0) &&
	       first.n > 0 && chr_is_space(text.p[0]);
}

bool
file_kind_is_tar(struct str bytes)
{
	char text[512];

	if (gunzip_is(bytes))
		bytes = (struct str){ text,
			gunzip_peek(bytes, text, sizeof(text)) };
	return str_is(str_slice(bytes, 257, 262), "ustar");
}

/* A kind is known by what a file BEGINs with, else by IS. */
static const struct {
	enum file_kind kind;
	const char *begin;
	bool (*is)(struct str text);
	const char *text;
} kinds[] = {
	{ FILE_TRACE, "{\"kind\":\"trace\"", NULL,
	    N_("is a trace: rung show shows it, rung play steps through it") },
	{ FILE_WORK, "{\"kind\":\"hand-in\"", NULL,
	    N_("is a student's work: rung check judges it") },
	{ FILE_SESSION, "{\"kind\":\"session\"", NULL,
	    N_("is a session: rung play continues it") },
	{ FILE_CAPTURE, NULL, file_kind_is_capture,
	    N_("is a capture and can't be run; rung show, export and play read "
	       "it directly") },
	{ FILE_OTHER, "%PDF", NULL,
	    N_("is a PDF for printing: use the trace or lab that it was made "
	       "from") },
	{ FILE_ARCHIVE, "PK\x03\x04", NULL,
	    N_("is a zip archive; unpack it, or hand in by rung hand-in") },
	{ FILE_OTHER, NULL, is_picture,
	    N_("is a figure: rung draws such figures; use the trace or lab "
	       "that it was made from") },
	{ FILE_OTHER,
	    "\x7f"
	    "ELF",
	    NULL, N_("is a program") },
	{ FILE_ANSWERS, NULL, is_answers,
	    N_("has the answers of a copy: rung check judges its folder") },
	{ FILE_ARCHIVE, NULL, file_kind_is_tar,
	    N_("is a tar archive; unpack it, or hand in by rung hand-in") },
	{ FILE_OTHER, NULL, file_kind_is_own_page,
	    N_("is a page written by rung for a browser; use the trace, "
	       "capture or lab that it was made from") },
	{ FILE_OTHER, NULL, is_page,
	    N_("is a web page; if it was downloaded in place of a file, "
	       "download the file again") },
	{ FILE_OTHER, "{\"title\":", NULL,
	    N_("is output of rung export -f json; rung show reads the trace") },
	{ FILE_TOPOLOGY, NULL, file_kind_is_graph,
	    N_("is a topology: rung run and rung play run it") },
	{ FILE_SCRIPT, NULL, is_script,
	    N_("is a script: rung run and rung play run it") },
	{ FILE_QUESTIONS, NULL, is_questions,
	    N_("contains a lab's questions: rung play LAB asks them, rung "
	       "check LAB judges the answers") },
	{ FILE_TEXT, NULL, is_ladder,
	    N_("is a printed ladder: rung show reads the trace that it was "
	       "made from") },
	{ FILE_WIDE, NULL, charset_is_utf16,
	    N_("is text in UTF-16; save it as UTF-8") },
	{ FILE_TEXT, "# ", NULL,
	    N_("is a text to read and can't be run; run a lab by its name or "
	       "folder, such as rung run busy") },
};

int
file_kind_refuse(
    struct str text, const char *file, unsigned taken, struct diag *d)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (kinds[i].begin != NULL ? !str_starts(text, kinds[i].begin)
					   : !kinds[i].is(text))
			continue;
		if ((taken & kinds[i].kind) != 0)
			return 0;
		return diag_set(
		    d, ERR_UNSUPPORTED, file, 0, "%s", _(kinds[i].text));
	}
	return 0;
}
