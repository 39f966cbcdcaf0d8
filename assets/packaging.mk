# What is installed and given out, for the Makefile: install, deb, bundle, site,
# release.  Archives and packages are compiled by -O2, in build/o2.

# The program finds its labs beside itself, wherever it stands, so a PREFIX
# changes nothing that is built.  Documents keep their folders, and with them
# their links.
SHARED    = $(shell find labs topologies -type f ! -name 'answers*.md'; \
              find templates -type f)
# What is for teachers alone lies apart, so that a class's machines can do
# without it.
TEACHERS  = $(shell find labs -type f -name 'answers*.md')
DOCUMENTS = README.md README.zh.md CONTRIBUTING.md LICENSE assets/invite.sip \
            assets/lost-messages.svg assets/page.png \
            assets/phone-loop.svg assets/osip-machines.svg assets/edited.svg \
            $(shell find docs assets/handset examples -type f ! -name '*.elf')
# The engine for a browser, where make page has made it: rung page puts it into pages.
# Who packs rung without it is told.
ENGINE    = $(if $(and $(wildcard $(PAGE)/engine.lzma),$(wildcard $(PAGE)/worker.js)),\
              $(PAGE)/engine.lzma $(PAGE)/worker.js)
SAY_ENGINE = $(if $(ENGINE),true,echo "rung page can't be used from it: its engine is" \
              "missing, which make page makes, and then make $@ packs.")
TO       := $(DESTDIR)$(PREFIX)

# What is installed is stripped of what only debuggers read; STRIP= leaves that
# in.
STRIP    ?= strip
STRIPPED  = $(if $(STRIP),-s --strip-program=$(STRIP))

# The files of a list into a folder, in their own folders: one process for
# hundreds of files.
put_files = (umask 022 && install -d $(2) && cp --parents $(1) $(2)/) && \
	(cd $(2) && chmod u=rw,go=r $(1))
# And out of it.
take_files = [ ! -d $(2) ] || (cd $(2) && rm -f $(1))

# What is made of the tables of commands and options: pages for man, completion.
ZSHDIR   ?= share/zsh/site-functions
COMMANDS := check copy diff doctor engine explain export hand-in help inspect labs link live \
            new page parse play report run search serve show sweep worksheet
MANUAL   := rung $(COMMANDS:%=rung-%)
FORMATS  := topology scenario trace
PAGES    := $(MANUAL:%=share/man/man1/%.1) $(MANUAL:%=share/man/zh_CN/man1/%.1) \
            $(FORMATS:%=share/man/man5/rung-%.5)
COMPLETE := share/bash-completion/completions/rung $(ZSHDIR)/_rung
MADE_AS  := $(B)/pages/$(notdir $(ZSHDIR))
page_of   = $(B)/rung help --format=man $(patsubst rung-%,%,$(filter rung-%,$(1)))
$(MADE_AS)/.made: $(B)/rung Makefile $(wildcard assets/manual/*) \
		docs/TOPOLOGY.md docs/SCENARIO.md docs/TRACE.md
	@rm -rf $(@D) && mkdir -p $(addprefix $(@D)/,$(sort $(dir $(PAGES) $(COMPLETE))))
	@$(foreach p,$(MANUAL),$(call page_of,$(p)) --lang=en \
		> $(@D)/share/man/man1/$(p).1 && \
		$(call page_of,$(p)) --lang=zh \
		> $(@D)/share/man/zh_CN/man1/$(p).1 &&) true
	@$(foreach f,$(FORMATS),sh assets/manual/page.sh $(f) $(VERSION) \
		> $(@D)/share/man/man5/rung-$(f).5 &&) true
	@$(B)/rung help --format=bash --lang=en > $(@D)/$(word 1,$(COMPLETE))
	@$(B)/rung help --format=zsh --lang=en > $(@D)/$(word 2,$(COMPLETE))
	@touch $@

# Folders that were not there before; a package (DESTDIR) has no such list.
MADE     := $(TO)/share/rung/.made

.PHONY: install uninstall
install: all $(MADE_AS)/.made ## install below PREFIX (and DESTDIR), stripped (not with STRIP=)
	@made=$$(for d in $(TO)/bin $(TO)/share/doc \
		$(addprefix $(TO)/,$(sort $(dir $(PAGES) $(COMPLETE)))); do \
		until [ -d $$d ]; do echo $$d; d=$$(dirname $$d); done; done); \
	[ -n "$(DESTDIR)" ] || [ -z "$$made" ] || \
		{ install -d $(TO)/share/rung && echo "$$made" >> $(MADE); }
	install -D -m 755 $(STRIPPED) $(B)/rung $(TO)/bin/rung
	@$(call put_files,$(SHARED),$(TO)/share/rung)
	@[ -z "$(ENGINE)" ] || install -D -m 644 -t $(TO)/share/rung/page $(ENGINE)
	@$(call put_files,$(TEACHERS),$(TO)/share/rung/teachers)
	@$(call put_files,$(DOCUMENTS),$(TO)/share/doc/rung)
	@cd $(MADE_AS) && $(call put_files,$(PAGES) $(COMPLETE),'$(abspath $(TO))')
	@echo "labs and topologies are in $(TO)/share/rung," \
		"answers for teachers in $(TO)/share/rung/teachers," \
		"documents in $(TO)/share/doc/rung"
uninstall: ## remove what make install put there, and nothing else
	rm -f $(TO)/bin/rung
	@$(call take_files,$(SHARED) $(ENGINE:$(PAGE)/%=page/%),$(TO)/share/rung)
	@$(call take_files,$(TEACHERS),$(TO)/share/rung/teachers)
	@$(call take_files,$(DOCUMENTS),$(TO)/share/doc/rung)
	@$(call take_files,$(PAGES) $(COMPLETE),$(TO))
	@made=$$(cat $(MADE) 2> /dev/null); rm -f $(MADE); \
	for d in $(TO)/share/rung $(TO)/share/doc/rung; do \
		[ ! -d $$d ] || find $$d -depth -type d -empty -delete; done; \
	for d in $$made; do [ ! -d $$d ] || \
		rmdir --ignore-fail-on-non-empty $$d; done

# For the distribution where it is built.
.PHONY: deb deb-test
deb: ## make packages for Debian in build/deb: rung for students, and rung-teacher
	@sh .ci/packages deb
	@rm -rf $(B)/deb && mkdir -p $(B)/deb
	@+$(MAKE) -s --no-print-directory install OPT=-O2 B=$(B)/o2 DESTDIR=$(B)/deb/root \
		PREFIX=/usr \
		ZSHDIR=share/zsh/vendor-completions > $(B)/deb/installed
	@sh assets/deb/build.sh $(B)/deb $(VERSION)
	@lintian --allow-root --tag-display-limit 0 --fail-on error,warning $(B)/deb/*.deb
	@$(SAY_ENGINE)
deb-test: deb ## and look into them, and use what they install
	@RUNG=$(B)/rung TERM=xterm sh tests/cli/cli_packages.sh

# For any Linux on such a processor.
.PHONY: bundle bundle-test
bundle: ## make an archive in build/bundle that runs without root and packages
	@sh .ci/packages figure
	@rm -rf $(B)/bundle && mkdir -p $(B)/bundle
	@+$(MAKE) -s --no-print-directory install OPT=-O2 B=$(B)/o2 DESTDIR=$(B)/bundle/root \
		PREFIX= \
		> $(B)/bundle/installed
	@CC='$(CC)' sh assets/bundle/build.sh $(B)/bundle $(VERSION)
	@$(SAY_ENGINE)
bundle-test: bundle ## and use it as if the machine had nothing of it
	@RUNG=$(B)/rung TERM=xterm sh tests/cli/cli_bundle.sh

# For a course: what is for teachers alone is not in it.
.PHONY: site
site: ## a folder for any web server: build/site, with page, documents, labs and packages
	@sh .ci/packages build figure page site
	@+$(MAKE) --no-print-directory page
	@+$(MAKE) --no-print-directory bundle
	@RUNG=$(B)/rung sh assets/site/build.sh $(B)/site $(B)/rung.html \
		$$(ls $(B)/bundle/rung-$(VERSION)*.tar.gz $(B)/deb/rung_$(VERSION)*.deb 2> /dev/null | \
			grep -v -e -teacher)
	@echo "The site is $(B)/site: $$(du -sh --apparent-size $(B)/site | cut -f 1)."

# For all: what a version is given out as.  Packages have the page's engine if it is there
# before them, and the site has packages.
.PHONY: release release-test
release: ## a folder build/release/rung-VERSION: source, page, site, archives, packages, sums, notes
	@sh assets/release/build.sh --check $(VERSION)
	@+$(MAKE) --no-print-directory LTO=1 page
	@+$(MAKE) --no-print-directory LTO=1 deb
	@+$(MAKE) --no-print-directory LTO=1 site
	@sh assets/release/build.sh $(B) $(VERSION)
release-test: release ## and check its sums, and build rung from its source
	@RUNG=$(B)/rung CC='$(CC)' sh tests/cli/cli_release.sh whole

