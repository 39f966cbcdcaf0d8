/* rung --version: what it is built of, and what it finds here. */
#include "cli/help.h"

#include "base/library.h"
#include "jobs/program.h"

static const struct {
	const char *name, *version;
} built_with[] = {
#include "libraries.inc"
#ifdef __clang__
	{ "clang", __clang_version__ },
#else
	{ "gcc", __VERSION__ },
#endif
};

/* Libraries loaded, and programs started, on demand. */
static const struct {
	const char *name, *text;
	bool program;
} wanted[] = {
	{ RUNG_LIBNCURSESW, "rung play", false },
	{ RUNG_LIBRSVG, N_("png, pdf"), false },
	{ RUNG_LIBUNICORN, N_("handsets"), false },
	{ RUNG_LIBCAPSTONE, N_("handsets"), false },
	{ RUNG_LIBPCAP, N_("names of a capture's link layers"), false },
	{ RUNG_LIBMINIZIP, N_("a class's zip files"), false },
	{ RUNG_LIBMICROHTTPD, "rung serve", false },
	{ RUNG_LIBGNUTLS, "rung serve --tls", false },
	{ RUNG_LIBQRENCODE, N_("QR codes"), false },
	{ "dot", N_("networks, machines"), true },
};

void
cli_version_write(struct buf *out)
{
	static const char commit[] =
#include "commit.inc"
	    ;

	buf_printf(out, "rung %s\n", RUNG_VERSION);
	if (commit[0] != '\0')
		buf_printf(out, _("of the commit %s\n"), commit);
	buf_printf(out, "\n%s\n", _("built with:"));
	for (size_t i = 0; i < COUNT_OF(built_with); i++)
		buf_printf(out, "  %-20s %s\n", built_with[i].name,
		    built_with[i].version);
	buf_printf(out, "\n%s\n", _("loaded on demand:"));
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		bool found = wanted[i].program
				 ? program_is_there(wanted[i].name)
				 : library_is_there(wanted[i].name);

		buf_printf(out, "  %-20s %s (%s)\n", wanted[i].name,
		    found ? _("found") : _("not found"), _(wanted[i].text));
	}
}
