-- Writes the bodies of a batch of compositions in one pandoc process.
-- Called as: pandoc lua engine.lua JOBS.json
-- JOBS.json is a list of {ast, formats, reference, out}: path of the AST, names of the formats,
-- path of the Word reference document, path of the results without extension.

local filters = { docx = {}, html = {}, typst = {} }

-- ---------------------------------------------------------------------------------------- typst
-- Filter of the PDF writer.

filters.typst = {
}

-- ----------------------------------------------------------------------------------------- html
-- Filter of the HTML writer.

filters.html = {
}
