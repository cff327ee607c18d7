# Thin targets over the docgen commands; `make help` lists them.
PYTHON ?= python3
CLIENT ?= demo
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help setup pack build check test bench clean

help:  ## list the targets  列出全部目标
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

setup: $(VENV)/.installed  ## make .venv with the pinned dependencies and docgen  建立 .venv 并安装锁定的依赖和 docgen

pack: setup  ## build everything and pack it for the auditor  生成全部文件并打包供审核使用
	@$(BIN)/docgen pack --client $(CLIENT)

build: setup  ## build all documents under build/  生成全部文件到 build/
	@$(BIN)/docgen build --client $(CLIENT)

check: setup  ## check content and templates, write nothing  检查内容和模板，不写入
	@$(BIN)/docgen check --client $(CLIENT)

test: $(VENV)/.installed-test  ## style, types and all tests  风格、类型和全部测试
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -n auto --dist loadgroup

bench: $(VENV)/.installed-test  ## time builds against the bare engines  计时并与引擎下限比较
	@$(BIN)/python -m tests.bench

clean:  ## remove build/ and .venv  删除 build/ 和 .venv
	rm -rf $(VENV) build/*

$(VENV)/.venv: 
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "docgen needs Python 3.11 or newer: make PYTHON=python3.12 …  docgen 需要 Python 3.11 或更高版本"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/.venv
	@echo "Installing the pinned dependencies …  正在安装锁定的依赖……"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-test: requirements-test.lock $(VENV)/.installed
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@
