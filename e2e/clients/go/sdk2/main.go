// Uses every method of alibabacloud-oss-go-sdk-v2 that the store serves, with each signature.
//
// usage: sdk2 RESULT-FILE      environment: OSS, ACCESS_KEY_ID, ACCESS_KEY_SECRET
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss"
	"github.com/aliyun/alibabacloud-oss-go-sdk-v2/oss/credentials"

	. "rebatch.dev/e2e/clients/report"
)

const odd = "dir/a b+c!'()*~é%25&x=y?#.txt"

var ctx = context.Background()

func main() {
	Write(os.Args[1], map[string]*Report{
		"v1": use(oss.SignatureVersionV1, "go-sdk-2-v1"),
		"v4": use(oss.SignatureVersionV4, "go-sdk-2-v4"),
	})
}

type session struct {
	*Report
	client *oss.Client
	name   *string
	folder string
}

func use(version oss.SignatureVersionType, name string) *Report {
	keys := credentials.NewStaticCredentialsProvider(os.Getenv("ACCESS_KEY_ID"), os.Getenv("ACCESS_KEY_SECRET"))
	config := oss.LoadDefaultConfig().WithCredentialsProvider(keys).WithRegion("cn-hangzhou").
		WithEndpoint(os.Getenv("OSS")).WithSignatureVersion(version)
	client := oss.NewClient(config)
	folder := Must(os.MkdirTemp("", "go-sdk-2"))
	defer os.RemoveAll(folder)
	s := session{New(client), client, oss.Ptr(name), folder}
	s.buckets()
	s.objects()
	s.files()
	s.appends()
	s.listings()
	s.copies()
	s.uploads()
	s.links()
	s.attributes()
	s.configurations()
	s.classes()
	s.versions()
	s.deletions()
	return s.Report
}

// on runs a check of methods of the client, which are named without it.
func (s session) on(methods string, run func()) {
	s.Check("Client."+strings.Join(strings.Fields(methods), " Client."), run)
}

func (s session) put(key, text string) {
	Must(s.client.PutObject(ctx, &oss.PutObjectRequest{Bucket: s.name, Key: &key, Body: strings.NewReader(text)}))
}

func (s session) text(key string) string {
	return read(Must(s.client.GetObject(ctx, &oss.GetObjectRequest{Bucket: s.name, Key: &key})).Body)
}

func read(body io.ReadCloser) string {
	defer body.Close()
	return string(Must(io.ReadAll(body)))
}

func refused(status int, code string, err error) {
	var refusal *oss.ServiceError
	if !errors.As(err, &refusal) {
		panic("not refused: " + code)
	}
	Equal(refusal.StatusCode, status)
	Equal(refusal.Code, code)
	Equal(len(refusal.RequestID), 24)
}

func (s session) buckets() {
	s.on("PutBucket IsBucketExist ListBuckets NewListBucketsPaginator", func() {
		Must(s.client.PutBucket(ctx, &oss.PutBucketRequest{Bucket: s.name}))
		Equal(Must(s.client.IsBucketExist(ctx, *s.name)), true)
		Equal(Must(s.client.IsBucketExist(ctx, "is-not-there")), false)
		Equal(*Must(s.client.ListBuckets(ctx, &oss.ListBucketsRequest{Prefix: s.name})).Buckets[0].Name, *s.name)
		found := false
		for pages := s.client.NewListBucketsPaginator(&oss.ListBucketsRequest{MaxKeys: 1}); pages.HasNext(); {
			for _, bucket := range Must(pages.NextPage(ctx)).Buckets {
				found = found || *bucket.Name == *s.name
			}
		}
		Equal(found, true)
	})
	s.on("GetBucketInfo GetBucketLocation GetBucketStat GetBucketVersioning", func() {
		info := Must(s.client.GetBucketInfo(ctx, &oss.GetBucketInfoRequest{Bucket: s.name})).BucketInfo
		Equal(*info.StorageClass, "Standard")
		location := Must(s.client.GetBucketLocation(ctx, &oss.GetBucketLocationRequest{Bucket: s.name}))
		Equal(*location.LocationConstraint, "oss-local")
		Equal(Must(s.client.GetBucketStat(ctx, &oss.GetBucketStatRequest{Bucket: s.name})).ObjectCount, int64(0))
		versioning := Must(s.client.GetBucketVersioning(ctx, &oss.GetBucketVersioningRequest{Bucket: s.name}))
		Equal(versioning.VersionStatus, nil)
	})
	s.on("PutBucketAcl GetBucketAcl", func() {
		Must(s.client.PutBucketAcl(ctx, &oss.PutBucketAclRequest{Bucket: s.name, Acl: oss.BucketACLPublicRead}))
		Equal(*Must(s.client.GetBucketAcl(ctx, &oss.GetBucketAclRequest{Bucket: s.name})).ACL, "public-read")
		Must(s.client.PutBucketAcl(ctx, &oss.PutBucketAclRequest{Bucket: s.name, Acl: oss.BucketACLPrivate}))
	})
}

func (s session) objects() {
	s.on("PutObject GetObject HeadObject GetObjectMeta IsObjectExist", func() {
		key := oss.Ptr(odd)
		put := Must(s.client.PutObject(ctx, &oss.PutObjectRequest{Bucket: s.name, Key: key, Body: strings.NewReader("hello"),
			Metadata: map[string]string{"a": "v"}, ContentType: oss.Ptr("text/plain")}))
		Equal(*put.ETag, `"5D41402ABC4B2A76B9719D911017C592"`)
		Equal(s.text(odd), "hello")
		part := Must(s.client.GetObject(ctx, &oss.GetObjectRequest{Bucket: s.name, Key: key, Range: oss.Ptr("bytes=1-3")}))
		Equal(read(part.Body), "ell")
		head := Must(s.client.HeadObject(ctx, &oss.HeadObjectRequest{Bucket: s.name, Key: key}))
		Equal(head.Metadata["a"]+*head.ContentType, "vtext/plain")
		Equal(Must(s.client.GetObjectMeta(ctx, &oss.GetObjectMetaRequest{Bucket: s.name, Key: key})).ContentLength, int64(5))
		Equal(Must(s.client.IsObjectExist(ctx, *s.name, odd)), true)
		Equal(Must(s.client.IsObjectExist(ctx, *s.name, "nothing")), false)
		_, err := s.client.GetObject(ctx, &oss.GetObjectRequest{Bucket: s.name, Key: oss.Ptr("nothing")})
		refused(404, "NoSuchKey", err)
		_, err = s.client.PutObject(ctx, &oss.PutObjectRequest{Bucket: s.name, Key: key, ForbidOverwrite: oss.Ptr("true"),
			Body: strings.NewReader("x")})
		refused(409, "FileAlreadyExists", err)
		_, err = s.client.GetObject(ctx, &oss.GetObjectRequest{Bucket: s.name, Key: key, IfMatch: oss.Ptr(`"X"`)})
		refused(412, "PreconditionFailed", err)
	})
	s.on("InvokeOperation", func() {
		output := Must(s.client.InvokeOperation(ctx, &oss.OperationInput{OpName: "HeadObject", Method: "HEAD", Bucket: s.name,
			Key: oss.Ptr(odd)}))
		Equal(output.Headers.Get("X-Oss-Object-Type"), "Normal")
	})
}

func (s session) files() {
	path, back := filepath.Join(s.folder, "file"), filepath.Join(s.folder, "back")
	data := bytes.Repeat([]byte("0123456789abcdef"), 40_000)
	Check(os.WriteFile(path, data, 0o600))
	same := func() { Equal(Must(os.ReadFile(back)), data) }
	key := oss.Ptr("big/ü 1")
	put := &oss.PutObjectRequest{Bucket: s.name, Key: key}
	get := &oss.GetObjectRequest{Bucket: s.name, Key: key}
	s.on("PutObjectFromFile GetObjectToFile GetObjectToFileV2", func() {
		Must(s.client.PutObjectFromFile(ctx, put, path))
		Must(s.client.GetObjectToFile(ctx, get, back))
		same()
		Must(s.client.GetObjectToFileV2(ctx, get, back, nil))
		same()
	})
	s.on("NewUploader NewDownloader NewCopier", func() {
		upload := s.client.NewUploader(func(o *oss.UploaderOptions) { o.PartSize, o.ParallelNum = 110*1024, 3 })
		Must(upload.UploadFile(ctx, put, path))
		Must(upload.UploadFrom(ctx, put, bytes.NewReader(data)))
		copier := s.client.NewCopier(func(o *oss.CopierOptions) {
			o.PartSize, o.MultipartCopyThreshold, o.DisableShallowCopy = 110*1024, 1, true
		})
		Must(copier.Copy(ctx, &oss.CopyObjectRequest{Bucket: s.name, Key: oss.Ptr("big/2"), SourceKey: key}))
		download := s.client.NewDownloader(func(o *oss.DownloaderOptions) { o.PartSize, o.ParallelNum = 110*1024, 3 })
		Must(download.DownloadFile(ctx, &oss.GetObjectRequest{Bucket: s.name, Key: oss.Ptr("big/2")}, back))
		same()
	})
	s.on("OpenFile AppendFile NewWriteOnlyFile", func() {
		appended := Must(s.client.AppendFile(ctx, *s.name, "file/appended"))
		Must(appended.Write([]byte("hello ")))
		Must(appended.WriteFrom(strings.NewReader("world")))
		Check(appended.Close())
		opened := Must(s.client.OpenFile(ctx, *s.name, "file/appended"))
		Must(opened.Seek(6, io.SeekStart))
		Equal(string(Must(io.ReadAll(opened))), "world")
		Check(opened.Close())
		written := Must(s.client.NewWriteOnlyFile(ctx, *s.name, "file/written"))
		Must(written.Write(data))
		Check(written.Close())
		Equal(s.text("file/written"), string(data))
	})
}

func (s session) appends() {
	s.on("AppendObject", func() {
		add := func(position int64, text string) (*oss.AppendObjectResult, error) {
			return s.client.AppendObject(ctx, &oss.AppendObjectRequest{Bucket: s.name, Key: oss.Ptr("log"), Position: &position,
				Body: strings.NewReader(text)})
		}
		Equal(Must(add(0, "hello")).NextPosition, int64(5))
		Equal(Must(add(5, " world")).NextPosition, int64(11))
		_, err := add(3, "x")
		refused(409, "PositionNotEqualToLength", err)
		Equal(s.text("log"), "hello world")
	})
}

func (s session) listings() {
	s.on("ListObjects NewListObjectsPaginator ListObjectsV2 NewListObjectsV2Paginator", func() {
		for _, key := range []string{"l/1/a", "l/1/b", "l/2/a", "l/é"} {
			s.put(key, "x")
		}
		prefix := oss.Ptr("l/")
		var keys, folders []string
		for pages := s.client.NewListObjectsPaginator(&oss.ListObjectsRequest{Bucket: s.name, Prefix: prefix, MaxKeys: 1}); pages.HasNext(); {
			for _, object := range Must(pages.NextPage(ctx)).Contents {
				keys = append(keys, *object.Key)
			}
		}
		Equal(keys, []string{"l/1/a", "l/1/b", "l/2/a", "l/é"})
		for pages := s.client.NewListObjectsV2Paginator(&oss.ListObjectsV2Request{Bucket: s.name, Prefix: prefix,
			Delimiter: oss.Ptr("/"), MaxKeys: 1}); pages.HasNext(); {
			for _, folder := range Must(pages.NextPage(ctx)).CommonPrefixes {
				folders = append(folders, *folder.Prefix)
			}
		}
		Equal(folders, []string{"l/1/", "l/2/"})
		Equal(len(Must(s.client.ListObjects(ctx, &oss.ListObjectsRequest{Bucket: s.name, Prefix: prefix})).Contents), 4)
		Equal(Must(s.client.ListObjectsV2(ctx, &oss.ListObjectsV2Request{Bucket: s.name, Prefix: prefix})).KeyCount, 4)
	})
}

func (s session) copies() {
	s.on("CopyObject", func() {
		Must(s.client.CopyObject(ctx, &oss.CopyObjectRequest{Bucket: s.name, Key: oss.Ptr("copy/" + odd), SourceKey: oss.Ptr(odd)}))
		Equal(s.text("copy/"+odd), "hello")
	})
}

func (s session) uploads() {
	s.on("InitiateMultipartUpload UploadPart UploadPartCopy ListParts NewListPartsPaginator ListMultipartUploads "+
		"NewListMultipartUploadsPaginator CompleteMultipartUpload AbortMultipartUpload", func() {
		part := strings.Repeat("a", 110_000)
		s.put("source", part)
		key := oss.Ptr("parts")
		begin := func() *string {
			return Must(s.client.InitiateMultipartUpload(ctx, &oss.InitiateMultipartUploadRequest{Bucket: s.name, Key: key})).UploadId
		}
		upload := begin()
		first := Must(s.client.UploadPart(ctx, &oss.UploadPartRequest{Bucket: s.name, Key: key, UploadId: upload, PartNumber: 1,
			Body: strings.NewReader(part)}))
		second := Must(s.client.UploadPartCopy(ctx, &oss.UploadPartCopyRequest{Bucket: s.name, Key: key, UploadId: upload,
			PartNumber: 2, SourceKey: oss.Ptr("source"), Range: oss.Ptr("bytes=0-9")}))
		list := &oss.ListPartsRequest{Bucket: s.name, Key: key, UploadId: upload, MaxParts: 1}
		Equal(len(Must(s.client.ListParts(ctx, list)).Parts), 1)
		count := 0
		for pages := s.client.NewListPartsPaginator(list); pages.HasNext(); {
			count += len(Must(pages.NextPage(ctx)).Parts)
		}
		Equal(count, 2)
		uploads := &oss.ListMultipartUploadsRequest{Bucket: s.name}
		Equal(*Must(s.client.ListMultipartUploads(ctx, uploads)).Uploads[0].UploadId, *upload)
		Equal(len(Must(s.client.NewListMultipartUploadsPaginator(uploads).NextPage(ctx)).Uploads), 1)
		parts := []oss.UploadPart{{PartNumber: 1, ETag: first.ETag}, {PartNumber: 2, ETag: second.ETag}}
		Must(s.client.CompleteMultipartUpload(ctx, &oss.CompleteMultipartUploadRequest{Bucket: s.name, Key: key, UploadId: upload,
			CompleteMultipartUpload: &oss.CompleteMultipartUpload{Parts: parts}}))
		Equal(s.text("parts"), part+part[:10])
		upload = begin()
		Must(s.client.AbortMultipartUpload(ctx, &oss.AbortMultipartUploadRequest{Bucket: s.name, Key: key, UploadId: upload}))
		_, err := s.client.ListParts(ctx, &oss.ListPartsRequest{Bucket: s.name, Key: key, UploadId: upload})
		refused(404, "NoSuchUpload", err)
	})
}

func (s session) links() {
	s.on("Presign", func() {
		key := oss.Ptr("by/link ü")
		put := Must(s.client.Presign(ctx, &oss.PutObjectRequest{Bucket: s.name, Key: key, ContentType: oss.Ptr("text/x")}))
		request := Must(http.NewRequest(put.Method, put.URL, strings.NewReader("linked")))
		for name, value := range put.SignedHeaders {
			request.Header.Set(name, value)
		}
		answer := Must(http.DefaultClient.Do(request))
		Check(answer.Body.Close())
		Equal(answer.StatusCode, 200)
		get := Must(s.client.Presign(ctx, &oss.GetObjectRequest{Bucket: s.name, Key: key, ResponseContentType: oss.Ptr("image/x")}))
		answer = Must(http.Get(get.URL))
		Equal(read(answer.Body)+answer.Header.Get("Content-Type"), "linkedimage/x")
	})
}

func (s session) attributes() {
	key := oss.Ptr("source")
	s.on("PutObjectAcl GetObjectAcl", func() {
		Must(s.client.PutObjectAcl(ctx, &oss.PutObjectAclRequest{Bucket: s.name, Key: key, Acl: oss.ObjectACLPublicRead}))
		Equal(*Must(s.client.GetObjectAcl(ctx, &oss.GetObjectAclRequest{Bucket: s.name, Key: key})).ACL, "public-read")
	})
	s.on("PutSymlink GetSymlink", func() {
		// This SDK leaves it to its user to encode the name in the header, and to decode it.
		link, target := oss.Ptr("link"), oss.Ptr(url.QueryEscape(odd))
		Must(s.client.PutSymlink(ctx, &oss.PutSymlinkRequest{Bucket: s.name, Key: link, Target: target}))
		found := Must(s.client.GetSymlink(ctx, &oss.GetSymlinkRequest{Bucket: s.name, Key: link})).Target
		Equal(Must(url.QueryUnescape(*found)), odd)
		Equal(s.text("link"), "hello")
	})
	s.on("ProcessObject PutStyle GetStyle ListStyle DeleteStyle", func() {
		source, small, half := oss.Ptr("picture"), oss.Ptr("small"), oss.Ptr("half")
		s.put(*source, string(Picture))
		content := &oss.StyleContent{Content: oss.Ptr("image/resize,p_50")}
		Must(s.client.PutStyle(ctx, &oss.PutStyleRequest{Bucket: s.name, StyleName: half, Style: content}))
		Equal(*Must(s.client.GetStyle(ctx, &oss.GetStyleRequest{Bucket: s.name, StyleName: half})).Style.Category, "image")
		Equal(len(Must(s.client.ListStyle(ctx, &oss.ListStyleRequest{Bucket: s.name})).StyleList.Styles), 1)
		process := "style/half|sys/saveas,o_" + base64.URLEncoding.EncodeToString([]byte(*small))
		done := Must(s.client.ProcessObject(ctx, &oss.ProcessObjectRequest{Bucket: s.name, Key: source, Process: &process}))
		Equal(done.ProcessStatus, "OK")
		about := &oss.GetObjectRequest{Bucket: s.name, Key: small, Process: oss.Ptr("image/info")}
		info := string(Must(io.ReadAll(Must(s.client.GetObject(ctx, about)).Body)))
		Equal(strings.Contains(info, `"ImageWidth":{"value":"20"}`), true)
		Must(s.client.DeleteStyle(ctx, &oss.DeleteStyleRequest{Bucket: s.name, StyleName: half}))
	})
	s.on("PutObjectTagging GetObjectTagging DeleteObjectTagging", func() {
		tags := &oss.Tagging{TagSet: &oss.TagSet{Tags: []oss.Tag{{Key: oss.Ptr("reel"), Value: oss.Ptr("12 b+é")}}}}
		Must(s.client.PutObjectTagging(ctx, &oss.PutObjectTaggingRequest{Bucket: s.name, Key: key, Tagging: tags}))
		get := func() []oss.Tag {
			return Must(s.client.GetObjectTagging(ctx, &oss.GetObjectTaggingRequest{Bucket: s.name, Key: key})).Tags
		}
		Equal(*get()[0].Value, "12 b+é")
		Must(s.client.DeleteObjectTagging(ctx, &oss.DeleteObjectTaggingRequest{Bucket: s.name, Key: key}))
		Equal(len(get()), 0)
	})
	s.on("RestoreObject", func() {
		cold := oss.Ptr("cold")
		Must(s.client.PutObject(ctx, &oss.PutObjectRequest{Bucket: s.name, Key: cold, Body: strings.NewReader("c"),
			StorageClass: oss.StorageClassArchive}))
		Must(s.client.RestoreObject(ctx, &oss.RestoreObjectRequest{Bucket: s.name, Key: cold}))
	})
}

func (s session) configurations() {
	yes := oss.Ptr(true)
	s.on("PutBucketLifecycle GetBucketLifecycle DeleteBucketLifecycle", func() {
		rule := oss.LifecycleRule{ID: oss.Ptr("one"), Prefix: oss.Ptr("tmp/"), Status: oss.Ptr("Enabled"),
			Expiration: &oss.LifecycleRuleExpiration{Days: oss.Ptr(int32(3))}}
		Must(s.client.PutBucketLifecycle(ctx, &oss.PutBucketLifecycleRequest{Bucket: s.name,
			LifecycleConfiguration: &oss.LifecycleConfiguration{Rules: []oss.LifecycleRule{rule}}}))
		found := Must(s.client.GetBucketLifecycle(ctx, &oss.GetBucketLifecycleRequest{Bucket: s.name})).LifecycleConfiguration
		Equal(*found.Rules[0].Expiration.Days, int32(3))
		Must(s.client.DeleteBucketLifecycle(ctx, &oss.DeleteBucketLifecycleRequest{Bucket: s.name}))
		_, err := s.client.GetBucketLifecycle(ctx, &oss.GetBucketLifecycleRequest{Bucket: s.name})
		refused(404, "NoSuchLifecycle", err)
	})
	s.on("PutBucketCors GetBucketCors DeleteBucketCors OptionObject", func() {
		rule := oss.CORSRule{AllowedOrigins: []string{"http://page.example"}, AllowedMethods: []string{"GET"}}
		Must(s.client.PutBucketCors(ctx, &oss.PutBucketCorsRequest{Bucket: s.name,
			CORSConfiguration: &oss.CORSConfiguration{CORSRules: []oss.CORSRule{rule}}}))
		found := Must(s.client.GetBucketCors(ctx, &oss.GetBucketCorsRequest{Bucket: s.name})).CORSConfiguration
		Equal(found.CORSRules[0].AllowedOrigins, []string{"http://page.example"})
		allowed := Must(s.client.OptionObject(ctx, &oss.OptionObjectRequest{Bucket: s.name, Key: oss.Ptr("source"),
			Origin: oss.Ptr("http://page.example"), AccessControlRequestMethod: oss.Ptr("GET")}))
		Equal(*allowed.AccessControlAllowOrigin, "http://page.example")
		Must(s.client.DeleteBucketCors(ctx, &oss.DeleteBucketCorsRequest{Bucket: s.name}))
	})
	s.on("PutBucketReferer GetBucketReferer", func() {
		put := func(referers ...string) {
			Must(s.client.PutBucketReferer(ctx, &oss.PutBucketRefererRequest{Bucket: s.name,
				RefererConfiguration: &oss.RefererConfiguration{AllowEmptyReferer: yes, RefererList: &oss.RefererList{Referers: referers}}}))
		}
		put("http://studio.example")
		found := Must(s.client.GetBucketReferer(ctx, &oss.GetBucketRefererRequest{Bucket: s.name})).RefererConfiguration
		Equal(found.RefererList.Referers, []string{"http://studio.example"})
		put("")
	})
	s.on("PutBucketLogging GetBucketLogging DeleteBucketLogging", func() {
		Must(s.client.PutBucketLogging(ctx, &oss.PutBucketLoggingRequest{Bucket: s.name, BucketLoggingStatus: &oss.BucketLoggingStatus{
			LoggingEnabled: &oss.LoggingEnabled{TargetBucket: s.name, TargetPrefix: oss.Ptr("logs/")}}}))
		found := Must(s.client.GetBucketLogging(ctx, &oss.GetBucketLoggingRequest{Bucket: s.name})).BucketLoggingStatus
		Equal(*found.LoggingEnabled.TargetPrefix, "logs/")
		Must(s.client.DeleteBucketLogging(ctx, &oss.DeleteBucketLoggingRequest{Bucket: s.name}))
	})
	s.on("PutBucketWebsite GetBucketWebsite DeleteBucketWebsite", func() {
		Must(s.client.PutBucketWebsite(ctx, &oss.PutBucketWebsiteRequest{Bucket: s.name, WebsiteConfiguration: &oss.WebsiteConfiguration{
			IndexDocument: &oss.IndexDocument{Suffix: oss.Ptr("index.html")}}}))
		found := Must(s.client.GetBucketWebsite(ctx, &oss.GetBucketWebsiteRequest{Bucket: s.name})).WebsiteConfiguration
		Equal(*found.IndexDocument.Suffix, "index.html")
		Must(s.client.DeleteBucketWebsite(ctx, &oss.DeleteBucketWebsiteRequest{Bucket: s.name}))
	})
	s.on("PutBucketTags GetBucketTags DeleteBucketTags", func() {
		tags := &oss.Tagging{TagSet: &oss.TagSet{Tags: []oss.Tag{{Key: oss.Ptr("studio"), Value: oss.Ptr("north")}}}}
		Must(s.client.PutBucketTags(ctx, &oss.PutBucketTagsRequest{Bucket: s.name, Tagging: tags}))
		found := Must(s.client.GetBucketTags(ctx, &oss.GetBucketTagsRequest{Bucket: s.name})).Tagging
		Equal(*found.TagSet.Tags[0].Value, "north")
		Must(s.client.DeleteBucketTags(ctx, &oss.DeleteBucketTagsRequest{Bucket: s.name}))
	})
	s.on("PutBucketEncryption GetBucketEncryption DeleteBucketEncryption", func() {
		rule := &oss.ServerSideEncryptionRule{
			ApplyServerSideEncryptionByDefault: &oss.ApplyServerSideEncryptionByDefault{SSEAlgorithm: oss.Ptr("AES256")}}
		Must(s.client.PutBucketEncryption(ctx, &oss.PutBucketEncryptionRequest{Bucket: s.name, ServerSideEncryptionRule: rule}))
		found := Must(s.client.GetBucketEncryption(ctx, &oss.GetBucketEncryptionRequest{Bucket: s.name})).ServerSideEncryptionRule
		Equal(*found.ApplyServerSideEncryptionByDefault.SSEAlgorithm, "AES256")
		Must(s.client.DeleteBucketEncryption(ctx, &oss.DeleteBucketEncryptionRequest{Bucket: s.name}))
	})
	s.on("PutBucketPolicy GetBucketPolicy DeleteBucketPolicy", func() {
		policy := `{"Version":"1","Statement":[{"Effect":"Allow","Principal":["*"],"Action":["oss:GetObject"],` +
			`"Resource":["acs:oss:*:*:` + *s.name + `/source"]}]}`
		Must(s.client.PutBucketPolicy(ctx, &oss.PutBucketPolicyRequest{Bucket: s.name, Body: strings.NewReader(policy)}))
		found := Must(s.client.GetBucketPolicy(ctx, &oss.GetBucketPolicyRequest{Bucket: s.name})).Body
		Equal(strings.Contains(found, "oss:GetObject"), true)
		Must(s.client.DeleteBucketPolicy(ctx, &oss.DeleteBucketPolicyRequest{Bucket: s.name}))
	})
	s.on("PutBucketRequestPayment GetBucketRequestPayment", func() {
		Must(s.client.PutBucketRequestPayment(ctx, &oss.PutBucketRequestPaymentRequest{Bucket: s.name,
			PaymentConfiguration: &oss.RequestPaymentConfiguration{Payer: oss.Requester}}))
		found := Must(s.client.GetBucketRequestPayment(ctx, &oss.GetBucketRequestPaymentRequest{Bucket: s.name}))
		Equal(*found.Payer, "Requester")
	})
}

func (s session) deletions() {
	s.on("DeleteObject DeleteMultipleObjects DeleteBucket", func() {
		_, err := s.client.DeleteBucket(ctx, &oss.DeleteBucketRequest{Bucket: s.name})
		refused(409, "BucketNotEmpty", err)
		Must(s.client.DeleteObject(ctx, &oss.DeleteObjectRequest{Bucket: s.name, Key: oss.Ptr("link")}))
		var objects []oss.DeleteObject
		for _, object := range Must(s.client.ListObjects(ctx, &oss.ListObjectsRequest{Bucket: s.name, MaxKeys: 1000})).Contents {
			objects = append(objects, oss.DeleteObject{Key: object.Key})
		}
		deleted := Must(s.client.DeleteMultipleObjects(ctx, &oss.DeleteMultipleObjectsRequest{Bucket: s.name, Objects: objects}))
		Equal(len(deleted.DeletedObjects), len(objects))
		Must(s.client.DeleteBucket(ctx, &oss.DeleteBucketRequest{Bucket: s.name}))
	})
}
